<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Desktop Broker</source>
        <translation>Desktop Broker 정보</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>A real Kafka cluster in a desktop window: brokers, replicas and consumer offsets you can see and break.</source>
        <translation>데스크톱 창 안의 진짜 Kafka 클러스터입니다. 브로커와 레플리카, 컨슈머 오프셋을 눈으로 보고 고장 내 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>버전 정보 복사</translation>
    </message>
    <message>
        <source>Desktop Broker: Apache License 2.0. Fonts: Pretendard and JetBrains Mono, SIL Open Font License 1.1. Icons: Lucide, ISC License. Apache Kafka is a trademark of the Apache Software Foundation.</source>
        <translation>Desktop Broker: Apache License 2.0. 글꼴: Pretendard와 JetBrains Mono, SIL Open Font License 1.1. 아이콘: Lucide, ISC License. Apache Kafka는 Apache Software Foundation의 상표입니다.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Find anything</source>
        <translation>무엇이든 찾기</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>새로 고침</translation>
    </message>
    <message>
        <source>Pause or go on with all live views</source>
        <translation>모든 실시간 화면 멈춤 또는 계속</translation>
    </message>
    <message>
        <source>Copy bootstrap servers</source>
        <translation>부트스트랩 서버 복사</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>밝은 테마와 어두운 테마 전환</translation>
    </message>
    <message>
        <source>About Desktop Broker</source>
        <translation>Desktop Broker 정보</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>The bootstrap servers are on the clipboard.</source>
        <translation>부트스트랩 서버를 클립보드에 복사했습니다.</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Delete or the cross takes this filter away</source>
        <translation>Delete 키나 ×를 누르면 이 필터가 사라집니다</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>시스템 설정 따르기</translation>
    </message>
</context>
<context>
    <name>ClusterError</name>
    <message>
        <source>Something went wrong inside the window: {said}.</source>
        <translation>창 안에서 오류가 발생했습니다: {said}.</translation>
    </message>
    <message>
        <source>Try again; keep the details if it comes back.</source>
        <translation>다시 시도하세요. 같은 일이 또 생기면 자세한 내용을 보관하세요.</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Type {word} to go ahead</source>
        <translation>계속하려면 {word}을(를) 입력하세요</translation>
    </message>
    <message>
        <source>Type {word} first</source>
        <translation>먼저 {word}을(를) 입력하세요</translation>
    </message>
</context>
<context>
    <name>EventWords</name>
    <message>
        <source>Broker {broker} started</source>
        <translation>브로커 {broker} 시작</translation>
    </message>
    <message>
        <source>Broker {broker} stopped</source>
        <translation>브로커 {broker} 중지</translation>
    </message>
    <message>
        <source>Broker {broker} killed</source>
        <translation>브로커 {broker} 강제 종료</translation>
    </message>
    <message>
        <source>Broker {broker} failed</source>
        <translation>브로커 {broker} 장애</translation>
    </message>
    <message>
        <source>Broker {broker} checked its files</source>
        <translation>브로커 {broker} 파일 검사 완료</translation>
    </message>
    <message>
        <source>A file of broker {broker} is damaged</source>
        <translation>브로커 {broker}의 파일이 손상됨</translation>
    </message>
    <message>
        <source>{partition} is offline on broker {broker}</source>
        <translation>{partition}: 브로커 {broker}에서 오프라인</translation>
    </message>
    <message>
        <source>{partition} has a new leader</source>
        <translation>{partition}: 새 리더</translation>
    </message>
    <message>
        <source>Broker {broker} is the controller now</source>
        <translation>브로커 {broker}: 이제 컨트롤러</translation>
    </message>
    <message>
        <source>{partition} has no leader</source>
        <translation>{partition}: 리더 없음</translation>
    </message>
    <message>
        <source>Topic {topic} created</source>
        <translation>토픽 {topic} 생성</translation>
    </message>
    <message>
        <source>Topic {topic} deleted</source>
        <translation>토픽 {topic} 삭제</translation>
    </message>
    <message>
        <source>Topic {topic} has more partitions</source>
        <translation>토픽 {topic}: 파티션 추가</translation>
    </message>
    <message>
        <source>Settings of topic {topic} changed</source>
        <translation>토픽 {topic} 설정 변경</translation>
    </message>
    <message>
        <source>Settings of broker {broker} changed</source>
        <translation>브로커 {broker} 설정 변경</translation>
    </message>
    <message>
        <source>Settings of all brokers changed</source>
        <translation>모든 브로커 설정 변경</translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) started</source>
        <translation>
            <numerusform>브로커 %n대 시작</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) stopped</source>
        <translation>
            <numerusform>브로커 %n대 중지</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) killed</source>
        <translation>
            <numerusform>브로커 %n대 강제 종료</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) failed</source>
        <translation>
            <numerusform>브로커 %n대 실패</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) checked their files</source>
        <translation>
            <numerusform>브로커 %n대 파일 검사</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) damaged</source>
        <translation>
            <numerusform>파일 %n개 손상</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replica(s) offline</source>
        <translation>
            <numerusform>레플리카 %n개 오프라인</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s): new leader</source>
        <translation>
            <numerusform>파티션 %n개 새 리더</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s): no leader</source>
        <translation>
            <numerusform>파티션 %n개 리더 없음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s): fewer in sync</source>
        <translation>
            <numerusform>파티션 %n개 ISR 감소</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s): more in sync</source>
        <translation>
            <numerusform>파티션 %n개 ISR 증가</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s): more partitions</source>
        <translation>
            <numerusform>토픽 %n개 파티션 추가</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s) created</source>
        <translation>
            <numerusform>토픽 %n개 생성</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s) deleted</source>
        <translation>
            <numerusform>토픽 %n개 삭제</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) refused</source>
        <translation>
            <numerusform>연결 %n개 거부</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>이벤트 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} 외 {n}개</translation>
    </message>
    <message>
        <source>Broker {n} was not in sync: messages may be lost</source>
        <translation>브로커 {n}은(는) 동기화되지 않았음: 메시지가 손실되었을 수 있음</translation>
    </message>
    <message>
        <source>Broker {n} leads it now</source>
        <translation>이제 브로커 {n}이(가) 리더</translation>
    </message>
    <message>
        <source>In sync: {brokers}</source>
        <translation>동기화됨: {brokers}</translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>파티션 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>멤버 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>{client} at {host}</source>
        <translation>{client} ({host})</translation>
    </message>
    <message>
        <source>Group {group} shared its partitions anew</source>
        <translation>그룹 {group}: 파티션 다시 나눔</translation>
    </message>
    <message>
        <source>{partition}: fewer in sync</source>
        <translation>{partition}: ISR 감소</translation>
    </message>
    <message>
        <source>{partition}: more in sync</source>
        <translation>{partition}: ISR 증가</translation>
    </message>
    <message>
        <source>Group {group} has no members any more</source>
        <translation>그룹 {group}: 멤버 없음</translation>
    </message>
    <message>
        <source>Group {group} deleted</source>
        <translation>그룹 {group} 삭제</translation>
    </message>
    <message>
        <source>A member of group {group} stopped answering</source>
        <translation>그룹 {group}의 멤버가 응답하지 않음</translation>
    </message>
    <message>
        <source>A connection to broker {broker} was refused</source>
        <translation>브로커 {broker} 연결 거부</translation>
    </message>
    <message>
        <source>Something went wrong inside the engine</source>
        <translation>엔진 내부 오류</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>{n}/s</source>
        <translation>{n}/초</translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation>{n} ms</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n}초</translation>
    </message>
    <message>
        <source>{m} m {s} s</source>
        <translation>{m}분 {s}초</translation>
    </message>
    <message>
        <source>{h} h {m} m</source>
        <translation>{h}시간 {m}분</translation>
    </message>
    <message>
        <source>{d} d {h} h</source>
        <translation>{d}일 {h}시간</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>방금</translation>
    </message>
    <message>
        <source>{n} d ago</source>
        <translation>{n}일 전</translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation>{n}시간 전</translation>
    </message>
    <message>
        <source>{n} m ago</source>
        <translation>{n}분 전</translation>
    </message>
    <message>
        <source>{n} s ago</source>
        <translation>{n}초 전</translation>
    </message>
    <message>
        <source>Local time, UTC{offset}</source>
        <translation>현지 시각, UTC{offset}</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Paused</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Go on showing live values</source>
        <translation>실시간 표시 계속</translation>
    </message>
    <message>
        <source>Live · {n} s</source>
        <translation>실시간 · {n}초</translation>
    </message>
    <message>
        <source>Pause all live views</source>
        <translation>모든 실시간 화면 멈춤</translation>
    </message>
    <message>
        <source>Find a topic, group, action or setting</source>
        <translation>토픽, 그룹, 작업, 설정 찾기</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>무엇이든 찾기</translation>
    </message>
    <message>
        <source>Cluster and application</source>
        <translation>클러스터와 앱</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>알림</translation>
    </message>
</context>
<context>
    <name>LiveLink</name>
    <message numerus="yes">
        <source>%n broker(s)</source>
        <translation>
            <numerusform>브로커 %n대</numerusform>
        </translation>
    </message>
    <message>
        <source>The engine answers again.</source>
        <translation>엔진이 다시 응답합니다.</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Watch</source>
        <translation>관찰</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>메시지 보내기</translation>
    </message>
    <message>
        <source>Consumers</source>
        <translation>컨슈머</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>처리량</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>No notices yet</source>
        <translation>알림이 없습니다</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>Unit of {name}</source>
        <translation>{name} 단위</translation>
    </message>
    <message>
        <source>Type a whole number.</source>
        <translation>정수를 입력하세요.</translation>
    </message>
    <message>
        <source>Type a number from {low}.</source>
        <translation>{low} 이상의 수를 입력하세요.</translation>
    </message>
    <message>
        <source>Type a number from {low} to {high}.</source>
        <translation>{low}에서 {high} 사이의 수를 입력하세요.</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>줄이기</translation>
    </message>
    <message>
        <source>More</source>
        <translation>늘리기</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Find anything</source>
        <translation>무엇이든 찾기</translation>
    </message>
    <message>
        <source>Find a topic, group, action or setting</source>
        <translation>토픽, 그룹, 작업, 설정 찾기</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>찾은 결과</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>찾는 이름이 없습니다.</translation>
    </message>
    <message>
        <source>Up and down to move, Enter to open, Esc to close</source>
        <translation>위아래로 이동, Enter로 열기, Esc로 닫기</translation>
    </message>
</context>
<context>
    <name>PaletteSources</name>
    <message>
        <source>Topics</source>
        <translation>토픽</translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>파티션 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Read messages of {topic}</source>
        <translation>{topic}의 메시지 읽기</translation>
    </message>
    <message>
        <source>Publish to {topic}</source>
        <translation>{topic}에 메시지 보내기</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Consumer groups</source>
        <translation>컨슈머 그룹</translation>
    </message>
    <message>
        <source>Lag {lag}</source>
        <translation>랙 {lag}</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>화면</translation>
    </message>
</context>
<context>
    <name>ProgressRow</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>자세한 내용 복사</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>The cluster is healthy</source>
        <translation>클러스터가 정상입니다</translation>
    </message>
    <message>
        <source>The cluster needs attention</source>
        <translation>클러스터를 확인해야 합니다</translation>
    </message>
    <message>
        <source>Some partitions cannot be used</source>
        <translation>사용할 수 없는 파티션이 있습니다</translation>
    </message>
    <message>
        <source>The cluster&apos;s health is not known</source>
        <translation>클러스터 상태를 알 수 없습니다</translation>
    </message>
    <message>
        <source>In {rate}</source>
        <translation>유입 {rate}</translation>
    </message>
    <message>
        <source>Out {rate}</source>
        <translation>유출 {rate}</translation>
    </message>
    <message>
        <source>Disk {size}</source>
        <translation>디스크 {size}</translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>Copy as text</source>
        <translation>텍스트로 복사</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>CSV로 복사</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>JSON으로 복사</translation>
    </message>
    <message>
        <source>Restore widths</source>
        <translation>열 너비 되돌리기</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>WindowController</name>
    <message>
        <source>Starting the cluster</source>
        <translation>클러스터를 시작하는 중</translation>
    </message>
    <message>
        <source>Connecting to {address}</source>
        <translation>{address}에 연결하는 중</translation>
    </message>
    <message>
        <source>Local cluster</source>
        <translation>로컬 클러스터</translation>
    </message>
    <message>
        <source>The engine ended again and again.</source>
        <translation>엔진이 계속 종료됩니다.</translation>
    </message>
    <message>
        <source>See what it said last, mend that, then try again.</source>
        <translation>마지막 메시지를 확인해 문제를 해결한 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The engine ended. It is being started again.</source>
        <translation>엔진이 종료되어 다시 시작하는 중입니다.</translation>
    </message>
</context>
</TS>
