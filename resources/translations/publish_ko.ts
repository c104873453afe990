<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>HeaderEditor</name>
    <message>
        <source>Headers</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>Add a header</source>
        <translation>헤더 추가</translation>
    </message>
    <message>
        <source>Name of header {n}</source>
        <translation>헤더 {n} 이름</translation>
    </message>
    <message>
        <source>Value of header {n}</source>
        <translation>헤더 {n} 값</translation>
    </message>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Remove header {n}</source>
        <translation>헤더 {n} 제거</translation>
    </message>
</context>
<context>
    <name>MessageEditor</name>
    <message>
        <source>Choose a topic.</source>
        <translation>토픽을 고르세요.</translation>
    </message>
    <message>
        <source>Hex is written as pairs of 0-9 and a-f, such as 4b 61.</source>
        <translation>Hex는 4b 61처럼 0-9와 a-f를 두 자씩 씁니다.</translation>
    </message>
    <message>
        <source>A tombstone deletes a key: type the key.</source>
        <translation>툼스톤은 키를 삭제합니다. 키를 입력하세요.</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Tombstone</source>
        <translation>툼스톤</translation>
    </message>
    <message>
        <source>What the value is</source>
        <translation>값의 종류</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>넣기</translation>
    </message>
    <message>
        <source>The number of each message, from 1</source>
        <translation>1부터 세는 메시지 번호</translation>
    </message>
    <message>
        <source>Chosen by key</source>
        <translation>키로 결정</translation>
    </message>
    <message>
        <source>Round robin</source>
        <translation>라운드 로빈</translation>
    </message>
    <message>
        <source>Partition {n}</source>
        <translation>파티션 {n}</translation>
    </message>
    <message>
        <source>No value: in a compacted topic this deletes the key.</source>
        <translation>값 없음: 컴팩션 토픽에서 이 키를 삭제합니다.</translation>
    </message>
    <message>
        <source>About {size}</source>
        <translation>약 {size}</translation>
    </message>
    <message>
        <source>Valid JSON, about {size}</source>
        <translation>올바른 JSON, 약 {size}</translation>
    </message>
    <message>
        <source>Not JSON at line {line}, column {column}. It can be sent all the same.</source>
        <translation>{line}행 {column}열부터 JSON이 아닙니다. 그래도 보낼 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>PublishPanel</name>
    <message>
        <source>Publish</source>
        <translation>메시지 보내기</translation>
    </message>
    <message>
        <source>Its key or a header is not text and cannot be typed here: it was left out.</source>
        <translation>키나 헤더가 텍스트가 아니어서 여기에 입력할 수 없습니다. 빼고 채웠습니다.</translation>
    </message>
    <message>
        <source>Messages are being sent: stop them first.</source>
        <translation>메시지를 보내는 중입니다. 먼저 중지하세요.</translation>
    </message>
    <message>
        <source>to any partition</source>
        <translation>아무 파티션</translation>
    </message>
    <message>
        <source>to partition {n}</source>
        <translation>파티션 {n}</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>값 없음</translation>
    </message>
</context>
<context>
    <name>ResultsCard</name>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Copy the results</source>
        <translation>결과 복사</translation>
    </message>
    <message>
        <source>Share that was sent</source>
        <translation>보낸 비율</translation>
    </message>
    <message>
        <source>Nothing sent yet</source>
        <translation>아직 보낸 메시지가 없습니다</translation>
    </message>
    <message>
        <source>Each message appears here with its partition and offset, or why it was not stored.</source>
        <translation>보낸 메시지마다 파티션과 오프셋, 또는 저장되지 않은 이유가 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
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
        <source>Latency</source>
        <translation>지연 시간</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>비고</translation>
    </message>
    <message>
        <source>Not stored</source>
        <translation>저장 안 됨</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>확인됨</translation>
    </message>
    <message numerus="yes">
        <source>%n not stored</source>
        <translation>
            <numerusform>%n개 저장 안 됨</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no results yet.</source>
        <translation>아직 결과가 없습니다.</translation>
    </message>
    <message>
        <source>{n} of {all} sent</source>
        <translation>{all}개 중 {n}개 보냄</translation>
    </message>
    <message>
        <source>{n} sent</source>
        <translation>{n}개 보냄</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
</context>
<context>
    <name>SendCard</name>
    <message>
        <source>Type how many.</source>
        <translation>몇 개인지 입력하세요.</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>보낼 개수</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>한 번</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>개수 지정</translation>
    </message>
    <message>
        <source>Until stopped</source>
        <translation>멈출 때까지</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Per second, at most</source>
        <translation>초당 최대</translation>
    </message>
    <message>
        <source>as fast as it goes</source>
        <translation>최대한 빠르게</translation>
    </message>
    <message>
        <source>Acknowledged by</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>압축</translation>
    </message>
    <message>
        <source>all in sync (acks=all)</source>
        <translation>ISR 전체 (acks=all)</translation>
    </message>
    <message>
        <source>the leader (acks=1)</source>
        <translation>리더 (acks=1)</translation>
    </message>
    <message>
        <source>nobody (acks=0)</source>
        <translation>확인 안 함 (acks=0)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>No duplicates on retry (idempotent)</source>
        <translation>재시도 시 중복 없음 (idempotent)</translation>
    </message>
    <message>
        <source>The first messages</source>
        <translation>처음 메시지</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Needs acks=all.</source>
        <translation>acks=all이 필요합니다.</translation>
    </message>
    <message>
        <source>As fast as the cluster takes them.</source>
        <translation>클러스터가 받는 대로 보냅니다.</translation>
    </message>
    <message>
        <source>One message.</source>
        <translation>메시지 1개.</translation>
    </message>
    <message>
        <source>Takes {time}.</source>
        <translation>{time} 걸립니다.</translation>
    </message>
    <message>
        <source>Goes on until you stop it.</source>
        <translation>멈출 때까지 계속합니다.</translation>
    </message>
    <message>
        <source>Start sending</source>
        <translation>보내기 시작</translation>
    </message>
    <message>
        <source>Send message</source>
        <translation>메시지 보내기</translation>
    </message>
    <message>
        <source>Send {n} messages</source>
        <translation>메시지 {n}개 보내기</translation>
    </message>
</context>
</TS>
