<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>Chip</name>
    <message>
        <source>Delete or the cross takes this filter away</source>
        <translation>Delete 키나 ×를 누르면 이 필터가 사라집니다</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broker {broker} stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broker {broker} killed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broker {broker} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broker {broker} checked its files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file of broker {broker} is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{partition} is offline on broker {broker}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{partition} has a new leader</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broker {broker} is the controller now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{partition} has no leader</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{partition}: fewer replicas in sync</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{partition}: more replicas in sync</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topic {topic} created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topic {topic} deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topic {topic} has more partitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group {group} shared its partitions anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group {group} has no members any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group {group} deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A member of group {group} stopped answering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A connection to broker {broker} was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside the engine</source>
        <translation type="unfinished"></translation>
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
</TS>
