<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>ConsumerWords</name>
    <message>
        <source>OK</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation>따라잡는 중</translation>
    </message>
    <message>
        <source>Rebalancing</source>
        <translation>리밸런싱 중</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>느림</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>Nothing left to read</source>
        <translation>읽을 메시지 없음</translation>
    </message>
    <message>
        <source>Keeps up</source>
        <translation>밀리지 않음</translation>
    </message>
    <message>
        <source>Done in about {time}</source>
        <translation>약 {time} 뒤 완료</translation>
    </message>
    <message>
        <source>{n} to go</source>
        <translation>{n}개 남음</translation>
    </message>
    <message>
        <source>Its members are sharing the partitions anew</source>
        <translation>멤버들이 파티션을 다시 나누는 중</translation>
    </message>
    <message>
        <source>Reads {rate}, gets no nearer</source>
        <translation>{rate}로 읽지만 줄지 않음</translation>
    </message>
    <message>
        <source>Reads {rate}, more comes in</source>
        <translation>{rate}로 읽지만 더 들어옴</translation>
    </message>
    <message>
        <source>Members are there, but nothing is committed</source>
        <translation>멤버는 있지만 커밋이 없음</translation>
    </message>
    <message>
        <source>No member is connected</source>
        <translation>연결된 멤버 없음</translation>
    </message>
    <message>
        <source>Its offsets cannot be read now</source>
        <translation>지금 오프셋을 읽을 수 없음</translation>
    </message>
    <message>
        <source>classic protocol</source>
        <translation>classic 프로토콜</translation>
    </message>
    <message>
        <source>KIP-848 protocol</source>
        <translation>KIP-848 프로토콜</translation>
    </message>
    <message>
        <source>share group</source>
        <translation>공유 그룹</translation>
    </message>
    <message>
        <source>unknown protocol</source>
        <translation>알 수 없는 프로토콜</translation>
    </message>
</context>
<context>
    <name>ConsumersPanel</name>
    <message>
        <source>Consumers</source>
        <translation>컨슈머</translation>
    </message>
    <message>
        <source>Filter groups</source>
        <translation>그룹 필터</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>열 선택</translation>
    </message>
    <message>
        <source>Consumer groups</source>
        <translation>컨슈머 그룹</translation>
    </message>
    <message>
        <source>Worst first</source>
        <translation>심각한 순</translation>
    </message>
    <message>
        <source>Lag: messages written but not yet committed</source>
        <translation>랙: 기록되었지만 아직 커밋하지 않은 메시지</translation>
    </message>
    <message>
        <source>No consumer groups yet</source>
        <translation>아직 컨슈머 그룹이 없습니다</translation>
    </message>
    <message>
        <source>A group appears when a consumer with a group.id connects. Overview has programs to start with.</source>
        <translation>group.id가 있는 컨슈머가 연결하면 나타납니다. 시작용 프로그램은 개요에 있습니다.</translation>
    </message>
    <message>
        <source>Group, topics</source>
        <translation>그룹, 토픽</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>랙</translation>
    </message>
    <message>
        <source>Lag trend</source>
        <translation>랙 추이</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>멤버</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>그룹 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>멤버 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Needs attention {n}</source>
        <translation>확인 필요 {n}</translation>
    </message>
    <message>
        <source>{group} goes on from the new offsets.</source>
        <translation>{group} 그룹은 새 오프셋부터 읽습니다.</translation>
    </message>
    <message>
        <source>Delete {group}?</source>
        <translation>{group} 그룹을 삭제할까요?</translation>
    </message>
    <message>
        <source>Its committed offsets are lost: a consumer of this name starts anew. Messages stay.</source>
        <translation>커밋한 오프셋을 잃습니다. 같은 이름의 컨슈머는 새로 시작합니다. 메시지는 남습니다.</translation>
    </message>
    <message>
        <source>Delete group</source>
        <translation>그룹 삭제</translation>
    </message>
    <message>
        <source>{group} was deleted.</source>
        <translation>{group} 그룹을 삭제했습니다.</translation>
    </message>
</context>
<context>
    <name>GroupDetail</name>
    <message>
        <source>More actions</source>
        <translation>작업 더 보기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Reset offsets…</source>
        <translation>오프셋 재설정…</translation>
    </message>
    <message>
        <source>Delete the group…</source>
        <translation>그룹 삭제…</translation>
    </message>
    <message>
        <source>Parts of the group</source>
        <translation>그룹의 부분</translation>
    </message>
    <message>
        <source>By partition</source>
        <translation>파티션별</translation>
    </message>
    <message>
        <source>By member</source>
        <translation>멤버별</translation>
    </message>
    <message>
        <source>Lag by partition</source>
        <translation>파티션별 랙</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>멤버</translation>
    </message>
    <message>
        <source>No members</source>
        <translation>멤버 없음</translation>
    </message>
    <message>
        <source>No consumer of this group is connected now. Its offsets are kept.</source>
        <translation>지금 연결된 컨슈머가 없습니다. 오프셋은 남아 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>멤버 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>It has no offsets yet.</source>
        <translation>아직 오프셋이 없습니다.</translation>
    </message>
    <message>
        <source>Its members must stop first.</source>
        <translation>먼저 멤버가 멈춰야 합니다.</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>멤버</translation>
    </message>
    <message>
        <source>Committed</source>
        <translation>커밋</translation>
    </message>
    <message>
        <source>End offset</source>
        <translation>끝 오프셋</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>랙</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>클라이언트</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>호스트</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>배정</translation>
    </message>
</context>
<context>
    <name>OffsetsPlot</name>
    <message>
        <source>Offsets, all partitions together</source>
        <translation>전체 파티션의 오프셋</translation>
    </message>
    <message>
        <source>last 3 minutes</source>
        <translation>최근 3분</translation>
    </message>
    <message>
        <source>The shaded gap is the lag.</source>
        <translation>색칠한 틈이 랙입니다.</translation>
    </message>
    <message>
        <source>Offsets over time</source>
        <translation>오프셋 추이</translation>
    </message>
    <message>
        <source>End</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Committed</source>
        <translation>커밋</translation>
    </message>
</context>
<context>
    <name>ResetDialog</name>
    <message>
        <source>Reset the offsets of {group}</source>
        <translation>{group} 오프셋 재설정</translation>
    </message>
    <message>
        <source>Reset offsets</source>
        <translation>오프셋 재설정</translation>
    </message>
    <message>
        <source>All topics</source>
        <translation>모든 토픽</translation>
    </message>
    <message>
        <source>Earliest</source>
        <translation>맨 처음</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>맨 끝</translation>
    </message>
    <message>
        <source>A time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>An offset</source>
        <translation>오프셋</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>이동할 위치</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>오프셋</translation>
    </message>
    <message>
        <source>Time ({zone})</source>
        <translation>시각 ({zone})</translation>
    </message>
    <message>
        <source>Where a partition does not reach so far, its own end is taken.</source>
        <translation>파티션이 거기까지 없으면 그 파티션의 끝으로 합니다.</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>변경 전과 후</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Committed now</source>
        <translation>현재 커밋</translation>
    </message>
    <message>
        <source>After</source>
        <translation>변경 후</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>차이</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) must stop first</source>
        <translation>
            <numerusform>먼저 멤버 %n개를 멈춰야 합니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Kafka refuses to move the offsets of a running group. Stop your consumers: this form notices.</source>
        <translation>Kafka는 실행 중인 그룹의 오프셋을 옮기지 않습니다. 컨슈머를 멈추면 이 창이 알아차립니다.</translation>
    </message>
    <message>
        <source>Waits until its members have stopped</source>
        <translation>멤버가 멈출 때까지 기다립니다</translation>
    </message>
    <message>
        <source>Write it like 2026-01-31 09:00:00.</source>
        <translation>2026-01-31 09:00:00처럼 쓰세요.</translation>
    </message>
    <message>
        <source>{n} messages will be read again</source>
        <translation>메시지 {n}개를 다시 읽습니다</translation>
    </message>
    <message>
        <source>{n} messages will be left out</source>
        <translation>메시지 {n}개를 건너뜁니다</translation>
    </message>
    <message>
        <source>Its members must stop first.</source>
        <translation>먼저 멤버가 멈춰야 합니다.</translation>
    </message>
    <message>
        <source>The offsets are being moved.</source>
        <translation>오프셋을 옮기는 중입니다.</translation>
    </message>
    <message>
        <source>Say where to.</source>
        <translation>어디로 옮길지 고르세요.</translation>
    </message>
</context>
</TS>
