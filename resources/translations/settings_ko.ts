<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>SettingsPanel</name>
    <message>
        <source>The system could not open the folder. Copy its path instead.</source>
        <translation>시스템이 폴더를 열지 못했습니다. 경로를 복사해 사용하세요.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>창</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>폴더 열기</translation>
    </message>
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
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>글자 크기</translation>
    </message>
    <message>
        <source>Local time</source>
        <translation>현지 시각</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>시간대</translation>
    </message>
    <message>
        <source>Copy the path of the data folder</source>
        <translation>데이터 폴더 경로 복사</translation>
    </message>
    <message>
        <source>Copy the path of the settings</source>
        <translation>설정 파일 경로 복사</translation>
    </message>
    <message>
        <source>Controls grow with their text.</source>
        <translation>버튼과 입력 칸도 글자와 함께 커집니다.</translation>
    </message>
    <message>
        <source>Times are written in: {zone}</source>
        <translation>시각 표시: {zone}</translation>
    </message>
    <message>
        <source>Data of this cluster</source>
        <translation>이 클러스터의 데이터</translation>
    </message>
    <message>
        <source>Topics, messages and offsets of every broker.</source>
        <translation>모든 브로커의 토픽, 메시지, 오프셋입니다.</translation>
    </message>
    <message>
        <source>These settings</source>
        <translation>이 설정</translation>
    </message>
</context>
</TS>
