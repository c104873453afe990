<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>JsonTree</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n개 더 있음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>필드 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>항목 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageDetail</name>
    <message>
        <source>Copy what is shown</source>
        <translation>보이는 내용 복사</translation>
    </message>
    <message>
        <source>Publish again</source>
        <translation>다시 발행</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Parts of the message</source>
        <translation>메시지의 부분</translation>
    </message>
    <message>
        <source>Find in this message</source>
        <translation>이 메시지에서 찾기</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>트리</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>How it is shown</source>
        <translation>표시 방식</translation>
    </message>
    <message>
        <source>JSON tree</source>
        <translation>JSON 트리</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>No headers</source>
        <translation>헤더 없음</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>키 없음</translation>
    </message>
    <message>
        <source>Partition {p}, offset {o}</source>
        <translation>파티션 {p}, 오프셋 {o}</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>No value</source>
        <translation>값 없음</translation>
    </message>
    <message>
        <source>A tombstone: in a compacted topic it deletes the key.</source>
        <translation>툼스톤입니다. 압축(compaction) 토픽에서 이 키를 삭제합니다.</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>키 없음</translation>
    </message>
    <message>
        <source>Messages without a key are spread over the partitions.</source>
        <translation>키가 없는 메시지는 여러 파티션에 나뉘어 들어갑니다.</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>비어 있음</translation>
    </message>
    <message>
        <source>It is there, but has no bytes.</source>
        <translation>존재하지만 바이트가 없습니다.</translation>
    </message>
    <message>
        <source>This is not a JSON object or array.</source>
        <translation>JSON 객체나 배열이 아닙니다.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more byte(s)</source>
        <translation>
            <numerusform>그 밖에 %n바이트</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more character(s)</source>
        <translation>
            <numerusform>그 밖에 %n자</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not in what is shown.</source>
        <translation>표시된 내용에 없습니다.</translation>
    </message>
    <message>
        <source>These bytes are not text.</source>
        <translation>텍스트가 아닌 바이트입니다.</translation>
    </message>
</context>
<context>
    <name>MessagesPanel</name>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>열 선택</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>메시지 보내기</translation>
    </message>
    <message>
        <source>Live messages</source>
        <translation>실시간 메시지</translation>
    </message>
    <message>
        <source>Waiting for messages</source>
        <translation>메시지를 기다리는 중</translation>
    </message>
    <message>
        <source>What is written to the topic from now on appears here.</source>
        <translation>지금부터 토픽에 쓰이는 메시지가 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Part.</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>오프셋</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>There is no topic yet.</source>
        <translation>아직 토픽이 없습니다.</translation>
    </message>
    <message>
        <source>There is no topic {name} any more.</source>
        <translation>{name} 토픽이 더 이상 없습니다.</translation>
    </message>
    <message>
        <source>There is no topic yet</source>
        <translation>아직 토픽이 없음</translation>
    </message>
    <message>
        <source>Create one in Topics, then publish to it.</source>
        <translation>토픽 화면에서 만든 다음 메시지를 발행하세요.</translation>
    </message>
    <message>
        <source>Looking for messages</source>
        <translation>메시지를 찾는 중</translation>
    </message>
    <message>
        <source>Not among the newest {n}</source>
        <translation>최신 {n}개에는 없습니다</translation>
    </message>
    <message>
        <source>Older messages looks further back, Oldest through the whole topic.</source>
        <translation>‘더 이전 메시지’는 더 앞을 찾고, ‘처음’은 토픽 전체를 찾습니다.</translation>
    </message>
    <message>
        <source>No message passes the filters</source>
        <translation>필터에 맞는 메시지가 없습니다</translation>
    </message>
    <message>
        <source>Change the text or the key, or look from another place.</source>
        <translation>텍스트나 키를 바꾸거나 다른 위치에서 찾아보세요.</translation>
    </message>
    <message>
        <source>No messages here</source>
        <translation>메시지가 없습니다</translation>
    </message>
    <message>
        <source>Publish one, or look from another place.</source>
        <translation>메시지를 발행하거나 다른 위치에서 찾아보세요.</translation>
    </message>
</context>
<context>
    <name>QueryBar</name>
    <message>
        <source>Choose a topic.</source>
        <translation>토픽을 고르세요.</translation>
    </message>
    <message>
        <source>Type an offset.</source>
        <translation>오프셋을 입력하세요.</translation>
    </message>
    <message>
        <source>Write the time like 2026-01-31 09:00:00.</source>
        <translation>시각은 2026-01-31 09:00:00처럼 입력하세요.</translation>
    </message>
    <message>
        <source>Write the partitions like 0, 2-4; the last is {n}.</source>
        <translation>파티션을 0, 2-4처럼 적으세요. 마지막은 {n}번입니다.</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>최신</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>처음</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>오프셋</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>시작 위치</translation>
    </message>
    <message>
        <source>Time, {zone}</source>
        <translation>시각, {zone}</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>at most {n}</source>
        <translation>최대 {n}개</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Which partitions</source>
        <translation>볼 파티션</translation>
    </message>
    <message>
        <source>Text in key, value or headers</source>
        <translation>키, 값, 헤더의 텍스트</translation>
    </message>
    <message>
        <source>Exact key</source>
        <translation>정확한 키</translation>
    </message>
    <message>
        <source>Only the key&apos;s partition</source>
        <translation>키의 파티션만</translation>
    </message>
    <message>
        <source>Show messages</source>
        <translation>메시지 보기</translation>
    </message>
    <message>
        <source>All partitions</source>
        <translation>모든 파티션</translation>
    </message>
    <message>
        <source>Partition {n}</source>
        <translation>파티션 {n}</translation>
    </message>
    <message>
        <source>Some partitions</source>
        <translation>일부 파티션</translation>
    </message>
    <message>
        <source>The key of a message, exactly</source>
        <translation>어떤 메시지의 키 그대로</translation>
    </message>
    <message>
        <source>This key lives in partition {n}, which is not chosen.</source>
        <translation>이 키는 선택하지 않은 파티션 {n}에 있습니다.</translation>
    </message>
    <message>
        <source>This key lives in partition {n}: only that one of {all} is searched.</source>
        <translation>이 키는 파티션 {n}에 있습니다. {all}개 중 그 파티션만 찾습니다.</translation>
    </message>
    <message>
        <source>All partitions are searched: for keys that were not placed by Kafka&apos;s own rule.</source>
        <translation>모든 파티션을 찾습니다. Kafka의 규칙으로 배치되지 않은 키를 위한 것입니다.</translation>
    </message>
</context>
<context>
    <name>ScanBar</name>
    <message>
        <source>Share that was searched</source>
        <translation>찾은 비율</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>새 메시지 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Older messages</source>
        <translation>더 이전 메시지</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>찾는 중</translation>
    </message>
    <message>
        <source>Older ones left</source>
        <translation>이전 메시지 남음</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Limit reached</source>
        <translation>한도에 도달</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>{n} read</source>
        <translation>{n}개 읽음</translation>
    </message>
    <message>
        <source>{n} of {all} searched</source>
        <translation>{all}개 중 {n}개 검색</translation>
    </message>
    <message>
        <source>{n} found</source>
        <translation>{n}개 일치</translation>
    </message>
    <message>
        <source>stopped at offset {offset} of partition {n}</source>
        <translation>파티션 {n}의 오프셋 {offset}에서 멈춤</translation>
    </message>
    <message>
        <source>stopped at (partition: offset) {places}</source>
        <translation>멈춘 위치(파티션: 오프셋) {places}</translation>
    </message>
</context>
</TS>
