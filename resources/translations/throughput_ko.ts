<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>ThroughputPanel</name>
    <message>
        <source>Throughput</source>
        <translation>처리량</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1분</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5분</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15분</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>표시할 기간</translation>
    </message>
    <message>
        <source>Split by</source>
        <translation>나누기</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>안 함</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>In</source>
        <translation>유입</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>유출</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>방향</translation>
    </message>
    <message>
        <source>Drag to zoom, click to keep a moment</source>
        <translation>끌어서 확대, 눌러서 시점 고정</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>현재로 돌아가기</translation>
    </message>
    <message>
        <source>Take the line away</source>
        <translation>기준선 지우기</translation>
    </message>
    <message>
        <source>Events in view</source>
        <translation>화면 안의 이벤트</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Messages per second</source>
        <translation>초당 메시지</translation>
    </message>
    <message>
        <source>In: counted from the growth of the logs. Out: not known on this cluster.</source>
        <translation>유입: 로그가 늘어난 만큼 셉니다. 유출: 이 클러스터에서는 알 수 없습니다.</translation>
    </message>
    <message>
        <source>{unit} per second</source>
        <translation>초당 {unit}</translation>
    </message>
    <message>
        <source>Other topics</source>
        <translation>다른 토픽</translation>
    </message>
    <message>
        <source>Consumer lag, messages</source>
        <translation>컨슈머 랙, 메시지</translation>
    </message>
    <message>
        <source>No consumer group has committed offsets yet: then its lag is drawn here.</source>
        <translation>아직 오프셋을 커밋한 컨슈머 그룹이 없습니다. 커밋하면 랙이 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>At {time}</source>
        <translation>{time} 시점</translation>
    </message>
    <message>
        <source>Nothing happened in this time.</source>
        <translation>이 기간에는 아무 일도 없었습니다.</translation>
    </message>
    <message>
        <source>A cluster elsewhere does not tell its events.</source>
        <translation>외부 클러스터의 이벤트는 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Not known: a cluster elsewhere does not tell its bytes, nor what is read from it.</source>
        <translation>알 수 없음: 외부 클러스터는 바이트 수와 읽은 양을 알려 주지 않습니다.</translation>
    </message>
</context>
</TS>
