<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>ConfigEditor</name>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Back to default</source>
        <translation>기본값으로</translation>
    </message>
    <message>
        <source>It has its default now.</source>
        <translation>지금 기본값입니다.</translation>
    </message>
</context>
<context>
    <name>ConfigTable</name>
    <message>
        <source>Find a setting</source>
        <translation>설정 찾기</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>변경…</translation>
    </message>
    <message>
        <source>Settings of the topic</source>
        <translation>토픽 설정</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>set here</source>
        <translation>변경함</translation>
    </message>
    <message>
        <source>default</source>
        <translation>기본값</translation>
    </message>
    <message>
        <source>broker</source>
        <translation>브로커</translation>
    </message>
    <message>
        <source>Choose a setting in the list.</source>
        <translation>목록에서 설정을 고르세요.</translation>
    </message>
    <message>
        <source>This one cannot be changed.</source>
        <translation>이 설정은 바꿀 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>CreateTopicDialog</name>
    <message>
        <source>Create topic</source>
        <translation>토픽 만들기</translation>
    </message>
    <message numerus="yes">
        <source>On {cluster}, %n broker(s)</source>
        <translation>
            <numerusform>{cluster}, 브로커 %n대</numerusform>
        </translation>
    </message>
    <message>
        <source>Ctrl+Enter creates</source>
        <translation>Ctrl+Enter로 만들기</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>용도 선택</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Letters, digits, dots, dashes and underscores</source>
        <translation>영문자, 숫자, 점, 하이픈, 밑줄</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>레플리카</translation>
    </message>
    <message>
        <source>Needed in sync</source>
        <translation>최소 동기화 수</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>분</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>days</source>
        <translation>일</translation>
    </message>
    <message>
        <source>Keep for</source>
        <translation>보관 기간</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Keep at most, per partition</source>
        <translation>파티션당 최대 크기</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source>Event log</source>
        <translation>이벤트 로그</translation>
    </message>
    <message>
        <source>Latest per key</source>
        <translation>키별 최신 값</translation>
    </message>
    <message>
        <source>compacted table</source>
        <translation>컴팩션 테이블</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>데드 레터</translation>
    </message>
    <message>
        <source>Throw-away</source>
        <translation>임시</translation>
    </message>
    <message>
        <source>kept for ever</source>
        <translation>계속 보관</translation>
    </message>
    <message numerus="yes">
        <source>kept %n day(s)</source>
        <translation>
            <numerusform>%n일 보관</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>kept %n hour(s)</source>
        <translation>
            <numerusform>%n시간 보관</numerusform>
        </translation>
    </message>
    <message>
        <source>kept {time}</source>
        <translation>{time} 보관</translation>
    </message>
    <message>
        <source>This name is free.</source>
        <translation>사용할 수 있는 이름입니다.</translation>
    </message>
    <message>
        <source>With one partition, one member of a group reads at a time. You can add partitions later, never take any away.</source>
        <translation>파티션이 하나면 한 그룹에서 멤버 하나만 읽습니다. 파티션은 나중에 늘릴 수 있지만 줄일 수는 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>With %n partition(s), as many members of a group can read at once. You can add partitions later, never take any away.</source>
        <translation>
            <numerusform>파티션이 %n개면 한 그룹에서 멤버가 그만큼까지 동시에 읽습니다. 파티션은 나중에 늘릴 수 있지만 줄일 수는 없습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Being created</source>
        <translation>만드는 중</translation>
    </message>
    <message>
        <source>Type a whole number.</source>
        <translation>정수를 입력하세요.</translation>
    </message>
</context>
<context>
    <name>ExtraConfigs</name>
    <message>
        <source>A part of its name</source>
        <translation>이름의 일부</translation>
    </message>
    <message>
        <source>Name of a setting</source>
        <translation>설정 이름</translation>
    </message>
    <message>
        <source>Add a setting</source>
        <translation>설정 추가</translation>
    </message>
    <message>
        <source>Other settings</source>
        <translation>그 밖의 설정</translation>
    </message>
    <message>
        <source>{name} is in the list already.</source>
        <translation>{name}: 이미 목록에 있습니다.</translation>
    </message>
    <message>
        <source>There is no setting named {name}: choose one from the list.</source>
        <translation>{name}: 그런 설정이 없습니다. 목록에서 고르세요.</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} 제거</translation>
    </message>
    <message>
        <source>segment size, timestamps and {n} more</source>
        <translation>세그먼트 크기, 타임스탬프 외 {n}개</translation>
    </message>
</context>
<context>
    <name>GrowDialog</name>
    <message>
        <source>Add partitions</source>
        <translation>파티션 추가</translation>
    </message>
    <message>
        <source>Partitions in all</source>
        <translation>전체 파티션 수</translation>
    </message>
    <message numerus="yes">
        <source>It has %n now.</source>
        <translation>
            <numerusform>지금 %n개입니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keys may go to other partitions than before.</source>
        <translation>키가 전과 다른 파티션으로 갈 수 있습니다.</translation>
    </message>
    <message>
        <source>Messages stay where they are, so the order of a key holds only within the old and the new ones. Partitions cannot be taken away: their messages would be lost.</source>
        <translation>기존 메시지는 그대로 있으므로 같은 키의 순서는 이전 메시지끼리, 새 메시지끼리만 지켜집니다. 파티션은 줄일 수 없습니다. 메시지를 잃기 때문입니다.</translation>
    </message>
    <message>
        <source>It has so many already.</source>
        <translation>이미 그만큼 있습니다.</translation>
    </message>
    <message>
        <source>A topic can grow but never shrink: messages and the order of keys would be lost.</source>
        <translation>토픽은 늘릴 수만 있습니다. 줄이면 메시지와 키의 순서를 잃습니다.</translation>
    </message>
    <message>
        <source>Type a whole number.</source>
        <translation>정수를 입력하세요.</translation>
    </message>
</context>
<context>
    <name>NewTopicForm</name>
    <message>
        <source>Type a name.</source>
        <translation>이름을 입력하세요.</translation>
    </message>
    <message>
        <source>A topic cannot be called &apos;.&apos; or &apos;..&apos;.</source>
        <translation>토픽 이름은 &apos;.&apos;이나 &apos;..&apos;일 수 없습니다.</translation>
    </message>
    <message>
        <source>a space</source>
        <translation>공백</translation>
    </message>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores, not {character}.</source>
        <translation>이름에는 영문자, 숫자, 점, 하이픈, 밑줄만 쓸 수 있습니다. 쓸 수 없는 문자: {character}</translation>
    </message>
    <message>
        <source>A name has at most 249 characters; this one has {n}.</source>
        <translation>이름은 249자까지입니다. 지금 {n}자입니다.</translation>
    </message>
    <message>
        <source>There is a topic of this name already.</source>
        <translation>같은 이름의 토픽이 이미 있습니다.</translation>
    </message>
    <message>
        <source>Too much like {other}: dots and underscores count as the same.</source>
        <translation>{other}: 이 토픽과 너무 비슷합니다. 점과 밑줄은 같은 문자로 봅니다.</translation>
    </message>
    <message>
        <source>Each replica needs a broker of its own, and only {n} run.</source>
        <translation>레플리카마다 브로커가 하나씩 필요한데 {n}대만 실행 중입니다.</translation>
    </message>
    <message>
        <source>A partition has only {n} replicas.</source>
        <translation>파티션의 레플리카는 {n}개뿐입니다.</translation>
    </message>
</context>
<context>
    <name>PlacementPreview</name>
    <message>
        <source>Where replicas will go</source>
        <translation>레플리카가 놓일 자리</translation>
    </message>
    <message>
        <source>Broker {id}</source>
        <translation>브로커 {id}</translation>
    </message>
</context>
<context>
    <name>SettingHighlights</name>
    <message>
        <source>Most used settings</source>
        <translation>자주 쓰는 설정</translation>
    </message>
    <message>
        <source>All {n}</source>
        <translation>{n}개 모두 보기</translation>
    </message>
    <message>
        <source>set here</source>
        <translation>변경함</translation>
    </message>
    <message>
        <source>default</source>
        <translation>기본값</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>계속</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n일</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopicDetail</name>
    <message>
        <source>More actions</source>
        <translation>작업 더 보기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
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
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Add partitions…</source>
        <translation>파티션 추가…</translation>
    </message>
    <message>
        <source>Delete all messages…</source>
        <translation>메시지 모두 삭제…</translation>
    </message>
    <message>
        <source>Parts of the topic</source>
        <translation>토픽의 부분</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Groups that read this topic</source>
        <translation>이 토픽을 읽는 그룹</translation>
    </message>
    <message>
        <source>No group reads this topic</source>
        <translation>이 토픽을 읽는 그룹이 없습니다</translation>
    </message>
    <message>
        <source>A consumer with a group.id appears here once it has committed an offset.</source>
        <translation>group.id가 있는 컨슈머가 오프셋을 커밋하면 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>그룹</translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>파티션 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replica(s) each</source>
        <translation>
            <numerusform>레플리카 %n개씩</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} messages</source>
        <translation>메시지 {n}개</translation>
    </message>
    <message>
        <source>Kafka needs its internal topics.</source>
        <translation>Kafka에 필요한 내부 토픽입니다.</translation>
    </message>
    <message>
        <source>Leader, replicas</source>
        <translation>리더, 레플리카</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>End offset</source>
        <translation>끝 오프셋</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>멤버</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>랙</translation>
    </message>
</context>
<context>
    <name>TopicMeaning</name>
    <message>
        <source>The same on the command line</source>
        <translation>같은 작업의 명령어</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>리더</translation>
    </message>
    <message>
        <source>Replica</source>
        <translation>레플리카</translation>
    </message>
    <message>
        <source>Where replicas will go</source>
        <translation>레플리카가 놓일 자리</translation>
    </message>
    <message>
        <source>Which brokers hold it is drawn by lot.</source>
        <translation>어느 브로커에 놓일지는 무작위로 정합니다.</translation>
    </message>
    <message>
        <source>Each broker leads about {leaders} and holds about {replicas} replicas. The first leader is drawn by lot.</source>
        <translation>브로커마다 리더를 약 {leaders}개 맡고 레플리카를 약 {replicas}개 저장합니다. 첫 리더는 무작위로 정합니다.</translation>
    </message>
    <message numerus="yes">
        <source>Survives the loss of %n broker(s)</source>
        <translation>
            <numerusform>브로커 %n대를 잃어도 견딥니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Every replica is needed for writing with acks=all</source>
        <translation>acks=all 쓰기에 모든 레플리카가 필요합니다</translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) lost</source>
        <translation>
            <numerusform>브로커 %n대 손실</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading and writing go on.</source>
        <translation>읽기와 쓰기가 계속됩니다.</translation>
    </message>
    <message>
        <source>Reading goes on. Writing with acks=all is refused: it needs {n} replicas in sync.</source>
        <translation>읽기는 계속됩니다. acks=all 쓰기는 거부됩니다. 동기화된 레플리카가 {n}개 필요합니다.</translation>
    </message>
    <message>
        <source>Partitions whose replicas are all lost wait until one comes back.</source>
        <translation>레플리카를 모두 잃은 파티션은 하나가 돌아올 때까지 기다립니다.</translation>
    </message>
    <message>
        <source>Nothing works until one comes back.</source>
        <translation>한 대가 돌아올 때까지 아무것도 동작하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>TopicsPanel</name>
    <message>
        <source>Topics</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Create topic</source>
        <translation>토픽 만들기</translation>
    </message>
    <message>
        <source>Filter topics</source>
        <translation>토픽 필터</translation>
    </message>
    <message>
        <source>Internal topics</source>
        <translation>내부 토픽</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>열 선택</translation>
    </message>
    <message>
        <source>Ctrl+C copies the selected rows</source>
        <translation>Ctrl+C로 선택한 행 복사</translation>
    </message>
    <message>
        <source>No topics yet</source>
        <translation>아직 토픽이 없습니다</translation>
    </message>
    <message>
        <source>Create one, or let a client write to one: it is made by itself.</source>
        <translation>하나 만드세요. 클라이언트가 쓰면 저절로 만들어지기도 합니다.</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>내부</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>In sync</source>
        <translation>동기화됨</translation>
    </message>
    <message>
        <source>Replicas in sync, of all replicas</source>
        <translation>동기화된 레플리카 / 전체 레플리카</translation>
    </message>
    <message>
        <source>Worst lag</source>
        <translation>최대 랙</translation>
    </message>
    <message>
        <source>How far the slowest group is behind, in messages</source>
        <translation>가장 느린 그룹이 뒤처진 메시지 수</translation>
    </message>
    <message>
        <source>In/s</source>
        <translation>유입/초</translation>
    </message>
    <message>
        <source>Out/s</source>
        <translation>유출/초</translation>
    </message>
    <message>
        <source>Last record</source>
        <translation>마지막 레코드</translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s)</source>
        <translation>
            <numerusform>토픽 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>파티션 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} messages</source>
        <translation>메시지 {n}개</translation>
    </message>
    <message>
        <source>{shown} of {all} topics</source>
        <translation>토픽 {all}개 중 {shown}개 표시</translation>
    </message>
    <message numerus="yes">
        <source>%n internal one(s) hidden</source>
        <translation>
            <numerusform>내부 토픽 %n개 숨김</numerusform>
        </translation>
    </message>
    <message>
        <source>{topic} was created.</source>
        <translation>{topic} 토픽을 만들었습니다.</translation>
    </message>
    <message>
        <source>{n} messages are lost. Settings, partitions and offsets stay.</source>
        <translation>메시지 {n}개를 잃습니다. 설정, 파티션, 오프셋은 남습니다.</translation>
    </message>
    <message>
        <source>Delete all messages of {topic}?</source>
        <translation>{topic} 메시지를 모두 삭제할까요?</translation>
    </message>
    <message>
        <source>Delete messages</source>
        <translation>메시지 삭제</translation>
    </message>
    <message>
        <source>{topic} is empty now.</source>
        <translation>{topic} 토픽을 비웠습니다.</translation>
    </message>
    <message numerus="yes">
        <source>{n} messages are lost, and the place of %n group(s) in it.</source>
        <translation>
            <numerusform>메시지 {n}개와 그룹 %n개의 읽은 위치를 잃습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete {topic}?</source>
        <translation>{topic} 토픽을 삭제할까요?</translation>
    </message>
    <message>
        <source>Delete topic</source>
        <translation>토픽 삭제</translation>
    </message>
    <message>
        <source>{topic} was deleted.</source>
        <translation>{topic} 토픽을 삭제했습니다.</translation>
    </message>
</context>
</TS>
