<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>ClusterError</name>
    <message>
        <source>The connection to this cluster was closed.</source>
        <translation>이 클러스터와의 연결이 닫혔습니다.</translation>
    </message>
    <message>
        <source>Connect again.</source>
        <translation>다시 연결하세요.</translation>
    </message>
    <message>
        <source>The broker refused: {said}.</source>
        <translation>브로커가 거절했습니다: {said}.</translation>
    </message>
    <message>
        <source>Look at the details; they carry Kafka&apos;s name of the error.</source>
        <translation>자세한 내용을 확인하세요. Kafka의 오류 이름이 들어 있습니다.</translation>
    </message>
    <message>
        <source>The Kafka client could not do this: {said}.</source>
        <translation>Kafka 클라이언트가 처리하지 못했습니다: {said}.</translation>
    </message>
    <message>
        <source>Look at the details, then try again.</source>
        <translation>자세한 내용을 확인한 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The cluster at {bootstrap} did not answer in time.</source>
        <translation>{bootstrap}의 클러스터가 제시간에 응답하지 않았습니다.</translation>
    </message>
    <message>
        <source>See whether its brokers are up and can be reached from this machine, then try again.</source>
        <translation>브로커가 실행 중이고 이 컴퓨터에서 닿을 수 있는지 확인한 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>No broker could be reached at {bootstrap}.</source>
        <translation>{bootstrap}에서 브로커에 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>Check the address and port, and that the cluster is running.</source>
        <translation>주소와 포트, 그리고 클러스터가 실행 중인지 확인하세요.</translation>
    </message>
    <message>
        <source>There is no topic &apos;{topic}&apos;, or not that partition of it.</source>
        <translation>토픽 &apos;{topic}&apos; 또는 그 파티션이 없습니다.</translation>
    </message>
    <message>
        <source>Refresh the list; it may have been deleted.</source>
        <translation>목록을 새로 고치세요. 삭제되었을 수 있습니다.</translation>
    </message>
    <message>
        <source>This user is not allowed to do that: {said}.</source>
        <translation>이 사용자에게는 허용되지 않습니다: {said}.</translation>
    </message>
    <message>
        <source>Ask whoever runs the cluster for an ACL, or connect as another user.</source>
        <translation>클러스터 관리자에게 ACL을 요청하거나 다른 사용자로 연결하세요.</translation>
    </message>
    <message>
        <source>A partition of &apos;{topic}&apos; has no leader at the moment.</source>
        <translation>&apos;{topic}&apos;의 파티션 하나에 지금 리더가 없습니다.</translation>
    </message>
    <message>
        <source>Start its brokers; with a replica in sync up again, a leader is elected at once.</source>
        <translation>브로커를 시작하세요. 동기화된 복제본이 다시 올라오면 곧바로 리더가 선출됩니다.</translation>
    </message>
    <message>
        <source>The coordinator of the group is not ready.</source>
        <translation>그룹의 코디네이터가 준비되지 않았습니다.</translation>
    </message>
    <message>
        <source>It is moving to another broker or still loading: try again in a moment.</source>
        <translation>다른 브로커로 옮겨 가거나 불러오는 중입니다. 잠시 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The group &apos;{group}&apos; has running members.</source>
        <translation>그룹 &apos;{group}&apos;에 실행 중인 멤버가 있습니다.</translation>
    </message>
    <message>
        <source>Stop its consumers first; their offsets would be overwritten at once.</source>
        <translation>먼저 컨슈머를 멈추세요. 그러지 않으면 오프셋이 바로 덮어써집니다.</translation>
    </message>
    <message>
        <source>Too few replicas of &apos;{topic}&apos; are in sync for acks=all.</source>
        <translation>acks=all에 필요한 만큼 &apos;{topic}&apos;의 복제본이 동기화되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Start the stopped brokers, lower the topic&apos;s min.insync.replicas, or send with acks=1.</source>
        <translation>멈춘 브로커를 시작하거나, 토픽의 min.insync.replicas를 낮추거나, acks=1로 보내세요.</translation>
    </message>
    <message>
        <source>The message is larger than the cluster accepts.</source>
        <translation>메시지가 클러스터가 받는 크기보다 큽니다.</translation>
    </message>
    <message>
        <source>Make it smaller, or raise max.message.bytes of the topic.</source>
        <translation>더 작게 만들거나 토픽의 max.message.bytes를 높이세요.</translation>
    </message>
    <message>
        <source>The connection settings are not accepted: {said}.</source>
        <translation>연결 설정을 쓸 수 없습니다: {said}.</translation>
    </message>
    <message>
        <source>Correct them and connect again.</source>
        <translation>고친 뒤 다시 연결하세요.</translation>
    </message>
    <message>
        <source>A value is not accepted: {said}.</source>
        <translation>쓸 수 없는 값이 있습니다: {said}.</translation>
    </message>
    <message>
        <source>Correct it and try again.</source>
        <translation>고친 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The groups could not be listed: {said}.</source>
        <translation>그룹 목록을 가져오지 못했습니다: {said}.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>잠시 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>acks is all, 1 or 0, not &apos;{acks}&apos;.</source>
        <translation>acks는 all, 1, 0 중 하나입니다. &apos;{acks}&apos;는 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Choose one of them.</source>
        <translation>이 중에서 고르세요.</translation>
    </message>
    <message>
        <source>There is no compression &apos;{name}&apos;.</source>
        <translation>&apos;{name}&apos;이라는 압축 방식은 없습니다.</translation>
    </message>
    <message>
        <source>Choose none, gzip, snappy, lz4 or zstd.</source>
        <translation>none, gzip, snappy, lz4, zstd 중에서 고르세요.</translation>
    </message>
    <message>
        <source>An idempotent producer needs acks=all.</source>
        <translation>멱등 프로듀서에는 acks=all이 필요합니다.</translation>
    </message>
    <message>
        <source>Choose acks=all, or switch idempotence off.</source>
        <translation>acks=all을 고르거나 멱등성을 끄세요.</translation>
    </message>
    <message>
        <source>The messages could not be made: {said}.</source>
        <translation>메시지를 만들지 못했습니다: {said}.</translation>
    </message>
    <message>
        <source>Correct them and send again.</source>
        <translation>고친 뒤 다시 보내세요.</translation>
    </message>
    <message>
        <source>The topic &apos;{topic}&apos; has no partition {partition}.</source>
        <translation>토픽 &apos;{topic}&apos;에 파티션 {partition}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>It has {count}, numbered from 0: choose among those.</source>
        <translation>0부터 번호가 매겨진 {count}개가 있습니다. 그중에서 고르세요.</translation>
    </message>
    <message>
        <source>Sizes on disk and single offsets cannot be asked of a cluster that wants SASL.</source>
        <translation>SASL을 요구하는 클러스터에는 디스크 크기와 개별 오프셋을 물어볼 수 없습니다.</translation>
    </message>
    <message>
        <source>Everything else works; use the cluster&apos;s own tools for these.</source>
        <translation>나머지는 모두 됩니다. 이 두 가지는 클러스터의 도구를 쓰세요.</translation>
    </message>
    <message>
        <source>This cluster does not offer {api}.</source>
        <translation>이 클러스터는 {api}을(를) 제공하지 않습니다.</translation>
    </message>
    <message>
        <source>Use a newer Kafka, or leave this out.</source>
        <translation>더 새로운 Kafka를 쓰거나 이 기능 없이 하세요.</translation>
    </message>
    <message>
        <source>The server at {endpoint} answered in a way that Kafka does not.</source>
        <translation>{endpoint}의 서버가 Kafka와 다르게 응답했습니다.</translation>
    </message>
    <message>
        <source>Check that the address is that of a Kafka broker.</source>
        <translation>Kafka 브로커의 주소인지 확인하세요.</translation>
    </message>
    <message>
        <source>No bootstrap server is named.</source>
        <translation>부트스트랩 서버가 지정되지 않았습니다.</translation>
    </message>
    <message>
        <source>Write HOST:PORT, such as 127.0.0.1:9092.</source>
        <translation>127.0.0.1:9092처럼 HOST:PORT로 쓰세요.</translation>
    </message>
    <message>
        <source>The message could not be unpacked: {said}.</source>
        <translation>메시지를 풀지 못했습니다: {said}.</translation>
    </message>
    <message>
        <source>Its data is damaged or its compression is unknown here.</source>
        <translation>데이터가 손상되었거나 알 수 없는 압축 방식입니다.</translation>
    </message>
    <message>
        <source>This client was closed.</source>
        <translation>이 클라이언트는 닫혔습니다.</translation>
    </message>
    <message>
        <source>Something broke inside the Kafka client: {said}.</source>
        <translation>Kafka 클라이언트 안에서 문제가 생겼습니다: {said}.</translation>
    </message>
    <message>
        <source>Connect again; keep the details if it comes back.</source>
        <translation>다시 연결하세요. 또 생기면 자세한 내용을 보관하세요.</translation>
    </message>
    <message>
        <source>The name of a broker could not be found: {said}.</source>
        <translation>브로커의 이름을 찾지 못했습니다: {said}.</translation>
    </message>
    <message>
        <source>Check the host name, or the advertised address of the broker.</source>
        <translation>호스트 이름이나 브로커의 알림 주소를 확인하세요.</translation>
    </message>
    <message>
        <source>The message was not acknowledged in time.</source>
        <translation>메시지가 제시간에 확인되지 않았습니다.</translation>
    </message>
    <message>
        <source>See whether the leader of the partition is up; the message may or may not have been stored.</source>
        <translation>파티션의 리더가 실행 중인지 확인하세요. 메시지는 저장되었을 수도, 아닐 수도 있습니다.</translation>
    </message>
    <message>
        <source>Too many messages are waiting to be sent.</source>
        <translation>보내기를 기다리는 메시지가 너무 많습니다.</translation>
    </message>
    <message>
        <source>Wait until the brokers have taken some, or send more slowly.</source>
        <translation>브로커가 일부를 받을 때까지 기다리거나 더 천천히 보내세요.</translation>
    </message>
    <message>
        <source>TLS failed: {said}.</source>
        <translation>TLS에 실패했습니다: {said}.</translation>
    </message>
    <message>
        <source>Check certificates, and that this port speaks TLS.</source>
        <translation>인증서와, 이 포트가 TLS를 쓰는지 확인하세요.</translation>
    </message>
    <message>
        <source>That cannot be done in this state: {said}.</source>
        <translation>지금 상태에서는 할 수 없습니다: {said}.</translation>
    </message>
    <message>
        <source>Wait for what is under way, then try again.</source>
        <translation>진행 중인 일이 끝난 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>Signing in failed: {said}.</source>
        <translation>로그인하지 못했습니다: {said}.</translation>
    </message>
    <message>
        <source>Check user name, password and mechanism.</source>
        <translation>사용자 이름, 비밀번호, 인증 방식을 확인하세요.</translation>
    </message>
    <message>
        <source>The group has no offset for this.</source>
        <translation>그룹에 이에 대한 오프셋이 없습니다.</translation>
    </message>
    <message>
        <source>Choose where to start.</source>
        <translation>시작할 위치를 고르세요.</translation>
    </message>
    <message>
        <source>The cluster is too old for this: {said}.</source>
        <translation>클러스터가 너무 오래되어 할 수 없습니다: {said}.</translation>
    </message>
    <message>
        <source>The server does not speak this protocol: {said}.</source>
        <translation>서버가 이 프로토콜을 쓰지 않습니다: {said}.</translation>
    </message>
    <message>
        <source>This client cannot do that: {said}.</source>
        <translation>이 클라이언트로는 할 수 없습니다: {said}.</translation>
    </message>
    <message>
        <source>Leave it out.</source>
        <translation>이 설정을 빼세요.</translation>
    </message>
    <message>
        <source>Sending was given up and what waited was dropped.</source>
        <translation>보내기를 그만두었고 기다리던 메시지를 버렸습니다.</translation>
    </message>
    <message>
        <source>Send those messages again.</source>
        <translation>그 메시지들을 다시 보내세요.</translation>
    </message>
    <message>
        <source>Sending was given up before the broker had answered.</source>
        <translation>브로커가 응답하기 전에 보내기를 그만두었습니다.</translation>
    </message>
    <message>
        <source>Some of those messages may have been stored: look before sending again.</source>
        <translation>일부는 저장되었을 수 있습니다. 다시 보내기 전에 확인하세요.</translation>
    </message>
    <message>
        <source>The client cannot go on after an error: {said}.</source>
        <translation>오류 때문에 클라이언트가 계속할 수 없습니다: {said}.</translation>
    </message>
    <message>
        <source>Another producer with the same transactional id took over.</source>
        <translation>같은 transactional id를 쓰는 다른 프로듀서가 넘겨받았습니다.</translation>
    </message>
    <message>
        <source>Use another transactional id.</source>
        <translation>다른 transactional id를 쓰세요.</translation>
    </message>
    <message>
        <source>The offset is outside of what &apos;{topic}&apos; still holds.</source>
        <translation>오프셋이 &apos;{topic}&apos;에 남아 있는 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>Choose an offset between the log start and the log end.</source>
        <translation>로그 시작과 로그 끝 사이의 오프셋을 고르세요.</translation>
    </message>
    <message>
        <source>The broker found the batch damaged or not fit for &apos;{topic}&apos;: {said}.</source>
        <translation>브로커가 배치가 손상되었거나 &apos;{topic}&apos;에 맞지 않다고 판단했습니다: {said}.</translation>
    </message>
    <message>
        <source>A compacted topic needs a key on every message.</source>
        <translation>압축(compact) 토픽에는 모든 메시지에 키가 있어야 합니다.</translation>
    </message>
    <message>
        <source>The broker is not available.</source>
        <translation>브로커를 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>Start it, or wait until it is up.</source>
        <translation>브로커를 시작하거나 올라올 때까지 기다리세요.</translation>
    </message>
    <message>
        <source>&apos;{topic}&apos; is not a name for a topic.</source>
        <translation>&apos;{topic}&apos;은(는) 토픽 이름으로 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Use 1 to 249 letters, digits, dots, underscores and dashes, and not just &apos;.&apos; or &apos;..&apos;.</source>
        <translation>영문자, 숫자, 점, 밑줄, 하이픈을 1~249자로 쓰세요. &apos;.&apos;이나 &apos;..&apos;만으로는 안 됩니다.</translation>
    </message>
    <message>
        <source>&apos;{group}&apos; is not a name for a group.</source>
        <translation>&apos;{group}&apos;은(는) 그룹 이름으로 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Write a name of at least one character.</source>
        <translation>한 글자 이상의 이름을 쓰세요.</translation>
    </message>
    <message>
        <source>There is no group &apos;{group}&apos; (any more).</source>
        <translation>그룹 &apos;{group}&apos;이(가) 없거나 사라졌습니다.</translation>
    </message>
    <message>
        <source>Refresh the list.</source>
        <translation>목록을 새로 고치세요.</translation>
    </message>
    <message>
        <source>The cluster does not know this way to sign in.</source>
        <translation>클러스터가 이 로그인 방식을 알지 못합니다.</translation>
    </message>
    <message>
        <source>Choose one of the mechanisms that the details name.</source>
        <translation>자세한 내용에 있는 방식 중에서 고르세요.</translation>
    </message>
    <message>
        <source>The timestamp is too far from the broker&apos;s clock.</source>
        <translation>타임스탬프가 브로커의 시계와 너무 다릅니다.</translation>
    </message>
    <message>
        <source>Send with the current time, or widen the topic&apos;s message.timestamp limits.</source>
        <translation>현재 시각으로 보내거나 토픽의 message.timestamp 한도를 넓히세요.</translation>
    </message>
    <message>
        <source>The cluster is too old for this.</source>
        <translation>클러스터가 너무 오래되어 할 수 없습니다.</translation>
    </message>
    <message>
        <source>There is a topic &apos;{topic}&apos; already.</source>
        <translation>토픽 &apos;{topic}&apos;이(가) 이미 있습니다.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>The number of partitions is not accepted: {said}.</source>
        <translation>파티션 수를 쓸 수 없습니다: {said}.</translation>
    </message>
    <message>
        <source>Write at least 1; partitions can be added to a topic, never removed.</source>
        <translation>1 이상을 쓰세요. 파티션은 늘릴 수만 있고 줄일 수는 없습니다.</translation>
    </message>
    <message>
        <source>There are not enough brokers for that many replicas: {said}.</source>
        <translation>복제본 수에 비해 브로커가 모자랍니다: {said}.</translation>
    </message>
    <message>
        <source>Choose at most as many replicas as brokers are up.</source>
        <translation>실행 중인 브로커 수 이하로 복제본 수를 고르세요.</translation>
    </message>
    <message>
        <source>The placement of replicas is not accepted: {said}.</source>
        <translation>복제본 배치를 쓸 수 없습니다: {said}.</translation>
    </message>
    <message>
        <source>Name brokers that exist, each once per partition.</source>
        <translation>있는 브로커를 파티션마다 한 번씩만 쓰세요.</translation>
    </message>
    <message>
        <source>A config is not accepted: {said}.</source>
        <translation>쓸 수 없는 설정이 있습니다: {said}.</translation>
    </message>
    <message>
        <source>Correct its value.</source>
        <translation>값을 고치세요.</translation>
    </message>
    <message>
        <source>The cluster has no controller at the moment.</source>
        <translation>지금 클러스터에 컨트롤러가 없습니다.</translation>
    </message>
    <message>
        <source>Wait until one is elected, then try again.</source>
        <translation>선출될 때까지 기다린 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The broker does not accept this: {said}.</source>
        <translation>브로커가 받아들이지 않습니다: {said}.</translation>
    </message>
    <message>
        <source>A rule of this cluster forbids it: {said}.</source>
        <translation>이 클러스터의 규칙이 허용하지 않습니다: {said}.</translation>
    </message>
    <message>
        <source>Change it to fit, or ask whoever runs the cluster.</source>
        <translation>규칙에 맞게 바꾸거나 클러스터 관리자에게 물어보세요.</translation>
    </message>
    <message>
        <source>Messages would have been stored out of order.</source>
        <translation>메시지의 순서가 어긋날 뻔했습니다.</translation>
    </message>
    <message>
        <source>Send again; the producer starts a new sequence.</source>
        <translation>다시 보내세요. 프로듀서가 새 순번으로 시작합니다.</translation>
    </message>
    <message>
        <source>The broker could not write to or read from its disk.</source>
        <translation>브로커가 디스크를 읽거나 쓰지 못했습니다.</translation>
    </message>
    <message>
        <source>See whether the disk is full or its folder went away.</source>
        <translation>디스크가 가득 찼거나 폴더가 사라졌는지 확인하세요.</translation>
    </message>
    <message>
        <source>This cluster does not allow to delete topics.</source>
        <translation>이 클러스터는 토픽 삭제를 허용하지 않습니다.</translation>
    </message>
    <message>
        <source>Set delete.topic.enable on its brokers.</source>
        <translation>브로커에서 delete.topic.enable을 켜세요.</translation>
    </message>
    <message>
        <source>The topic &apos;{topic}&apos; does not accept this record: {said}.</source>
        <translation>토픽 &apos;{topic}&apos;이(가) 이 레코드를 받지 않습니다: {said}.</translation>
    </message>
    <message>
        <source>The cluster asks to go slower.</source>
        <translation>클러스터가 속도를 늦추라고 합니다.</translation>
    </message>
    <message>
        <source>Wait a moment, then try again.</source>
        <translation>잠시 기다린 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The broker does not know this compression.</source>
        <translation>브로커가 이 압축 방식을 알지 못합니다.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>다른 것을 고르세요.</translation>
    </message>
    <message>
        <source>The partition has this leader already.</source>
        <translation>파티션의 리더가 이미 이 브로커입니다.</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>할 일이 없습니다.</translation>
    </message>
    <message>
        <source>The preferred leader is not in sync or not up.</source>
        <translation>선호 리더가 동기화되지 않았거나 실행 중이 아닙니다.</translation>
    </message>
    <message>
        <source>Start its broker and wait until it has caught up.</source>
        <translation>그 브로커를 시작하고 따라잡을 때까지 기다리세요.</translation>
    </message>
    <message>
        <source>Something went wrong inside the broker: {said}.</source>
        <translation>브로커 안에서 문제가 생겼습니다: {said}.</translation>
    </message>
    <message>
        <source>Look into the broker&apos;s log; keep the details.</source>
        <translation>브로커의 로그를 확인하고 자세한 내용을 보관하세요.</translation>
    </message>
</context>
</TS>
