<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>BrokerCard</name>
    <message>
        <source>Broker {id}</source>
        <translation>브로커 {id}</translation>
    </message>
    <message>
        <source>Controller</source>
        <translation>컨트롤러</translation>
    </message>
    <message>
        <source>Keeps the cluster&apos;s metadata and elects leaders.</source>
        <translation>클러스터의 메타데이터를 관리하고 리더를 선출합니다.</translation>
    </message>
    <message>
        <source>Actions for broker {id}</source>
        <translation>브로커 {id} 작업</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Kill (as by a crash)</source>
        <translation>강제 종료 (비정상 종료처럼)</translation>
    </message>
    <message>
        <source>Leaders</source>
        <translation>리더</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>레플리카</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>디스크</translation>
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
        <source>Messages in, last minute</source>
        <translation>최근 1분간 들어온 메시지</translation>
    </message>
    <message>
        <source>{n} behind</source>
        <translation>{n}개 뒤처짐</translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation>따라잡는 중</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>시작하는 중</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>중지하는 중</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지됨</translation>
    </message>
</context>
<context>
    <name>OverviewPanel</name>
    <message>
        <source>Overview</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>Start stopped brokers</source>
        <translation>중지된 브로커 시작</translation>
    </message>
    <message>
        <source>Replica map</source>
        <translation>레플리카 배치</translation>
    </message>
    <message>
        <source>Internal topics</source>
        <translation>내부 토픽</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>리더</translation>
    </message>
    <message>
        <source>In sync</source>
        <translation>동기화됨</translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation>따라잡는 중</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>오프라인</translation>
    </message>
    <message>
        <source>Connect a client</source>
        <translation>클라이언트 연결</translation>
    </message>
    <message>
        <source>Language of the example</source>
        <translation>예제 언어</translation>
    </message>
    <message>
        <source>Bootstrap servers</source>
        <translation>부트스트랩 서버</translation>
    </message>
    <message>
        <source>Copy the bootstrap servers</source>
        <translation>부트스트랩 서버 복사</translation>
    </message>
    <message>
        <source>Copy the example</source>
        <translation>예제 복사</translation>
    </message>
    <message>
        <source>Messages per second</source>
        <translation>초당 메시지</translation>
    </message>
    <message>
        <source>last 5 minutes</source>
        <translation>최근 5분</translation>
    </message>
    <message>
        <source>Open Throughput</source>
        <translation>처리량 열기</translation>
    </message>
    <message>
        <source>Recent events</source>
        <translation>최근 이벤트</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>아직 아무 일도 없었습니다.</translation>
    </message>
    <message>
        <source>A cluster elsewhere does not tell its events.</source>
        <translation>외부 클러스터의 이벤트는 알 수 없습니다.</translation>
    </message>
    <message>
        <source>{up} of {all} brokers up</source>
        <translation>브로커 {all}대 중 {up}대 정상</translation>
    </message>
    <message>
        <source>{up}, every partition has a leader.</source>
        <translation>{up}, 모든 파티션에 리더가 있습니다.</translation>
    </message>
    <message>
        <source>{up}, every partition has all its replicas in sync.</source>
        <translation>{up}, 모든 파티션의 레플리카가 동기화되어 있습니다.</translation>
    </message>
    <message>
        <source>{up}. {in_sync} of {all} partitions have all their replicas in sync.</source>
        <translation>{up}. 파티션 {all}개 중 {in_sync}개는 모든 레플리카가 동기화되어 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s) without a leader: clients cannot write or read there. Start the brokers that are stopped.</source>
        <translation>
            <numerusform>파티션 %n개에 리더가 없어 클라이언트가 읽고 쓸 수 없습니다. 중지된 브로커를 시작하세요.</numerusform>
        </translation>
    </message>
    <message>
        <source>Clients go on with the other brokers. A stopped broker catches up when it is started.</source>
        <translation>클라이언트는 다른 브로커로 계속 동작합니다. 중지된 브로커는 시작하면 뒤처진 만큼 따라잡습니다.</translation>
    </message>
    <message>
        <source>Replicas are catching up with their leaders.</source>
        <translation>레플리카가 리더를 따라잡는 중입니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>파티션 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no topics yet. Create one under Topics, or let a client write to one.</source>
        <translation>아직 토픽이 없습니다. 토픽 화면에서 만들거나 클라이언트로 메시지를 써 보세요.</translation>
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
        <source>Kill broker {id}?</source>
        <translation>브로커 {id}을(를) 강제 종료할까요?</translation>
    </message>
    <message>
        <source>Its memory and connections are dropped at once, as in a crash. What was acknowledged with acks=all stays on the other replicas.</source>
        <translation>비정상 종료처럼 메모리와 연결이 즉시 사라집니다. acks=all로 확인된 메시지는 다른 레플리카에 남아 있습니다.</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>강제 종료</translation>
    </message>
</context>
<context>
    <name>ReplicaMap</name>
    <message>
        <source>Replica map</source>
        <translation>레플리카 배치</translation>
    </message>
    <message numerus="yes">
        <source>%n replica(s)</source>
        <translation>
            <numerusform>레플리카 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not in sync</source>
        <translation>
            <numerusform>%n개 동기화 안 됨</numerusform>
        </translation>
    </message>
    <message>
        <source>{topic}, partition {partition}, broker {broker}</source>
        <translation>{topic}, 파티션 {partition}, 브로커 {broker}</translation>
    </message>
    <message>
        <source>no replica here</source>
        <translation>여기에는 레플리카가 없습니다</translation>
    </message>
    <message>
        <source>leader: clients write to and read from this one</source>
        <translation>리더: 클라이언트가 여기에 쓰고 여기서 읽습니다</translation>
    </message>
    <message>
        <source>in sync: has everything the leader has</source>
        <translation>동기화됨: 리더와 내용이 같습니다</translation>
    </message>
    <message numerus="yes">
        <source>catching up: %n message(s) behind</source>
        <translation>
            <numerusform>따라잡는 중: 메시지 %n개 뒤처짐</numerusform>
        </translation>
    </message>
    <message>
        <source>catching up</source>
        <translation>따라잡는 중</translation>
    </message>
    <message>
        <source>offline: its broker does not run</source>
        <translation>오프라인: 브로커가 실행 중이 아닙니다</translation>
    </message>
    <message>
        <source>Broker {id}</source>
        <translation>브로커 {id}</translation>
    </message>
</context>
</TS>
