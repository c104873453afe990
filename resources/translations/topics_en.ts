<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>CreateTopicDialog</name>
    <message numerus="yes">
        <source>On {cluster}, %n broker(s)</source>
        <translation>
            <numerusform>On {cluster}, %n broker</numerusform>
            <numerusform>On {cluster}, %n brokers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>kept %n day(s)</source>
        <translation>
            <numerusform>kept %n day</numerusform>
            <numerusform>kept %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>kept %n hour(s)</source>
        <translation>
            <numerusform>kept %n hour</numerusform>
            <numerusform>kept %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With %n partition(s), as many members of a group can read at once. You can add partitions later, never take any away.</source>
        <translation>
            <numerusform>With %n partition, as many members of a group can read at once. You can add partitions later, never take any away.</numerusform>
            <numerusform>With %n partitions, as many members of a group can read at once. You can add partitions later, never take any away.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GrowDialog</name>
    <message numerus="yes">
        <source>It has %n now.</source>
        <translation>
            <numerusform>It has %n now.</numerusform>
            <numerusform>It has %n now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingHighlights</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopicDetail</name>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>%n partition</numerusform>
            <numerusform>%n partitions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replica(s) each</source>
        <translation>
            <numerusform>%n replica each</numerusform>
            <numerusform>%n replicas each</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopicMeaning</name>
    <message numerus="yes">
        <source>Survives the loss of %n broker(s)</source>
        <translation>
            <numerusform>Survives the loss of %n broker</numerusform>
            <numerusform>Survives the loss of %n brokers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) lost</source>
        <translation>
            <numerusform>%n broker lost</numerusform>
            <numerusform>%n brokers lost</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopicsPanel</name>
    <message numerus="yes">
        <source>%n topic(s)</source>
        <translation>
            <numerusform>%n topic</numerusform>
            <numerusform>%n topics</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>%n partition</numerusform>
            <numerusform>%n partitions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n internal one(s) hidden</source>
        <translation>
            <numerusform>%n internal one hidden</numerusform>
            <numerusform>%n internal ones hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} messages are lost, and the place of %n group(s) in it.</source>
        <translation>
            <numerusform>{n} messages are lost, and the place of %n group in it.</numerusform>
            <numerusform>{n} messages are lost, and the place of %n groups in it.</numerusform>
        </translation>
    </message>
</context>
</TS>
