<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>EventWords</name>
    <message numerus="yes">
        <source>%n broker(s) started</source>
        <translation>
            <numerusform>%n broker started</numerusform>
            <numerusform>%n brokers started</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) stopped</source>
        <translation>
            <numerusform>%n broker stopped</numerusform>
            <numerusform>%n brokers stopped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) killed</source>
        <translation>
            <numerusform>%n broker killed</numerusform>
            <numerusform>%n brokers killed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) failed</source>
        <translation>
            <numerusform>%n broker failed</numerusform>
            <numerusform>%n brokers failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) checked their files</source>
        <translation>
            <numerusform>%n broker checked their files</numerusform>
            <numerusform>%n brokers checked their files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) damaged</source>
        <translation>
            <numerusform>%n file damaged</numerusform>
            <numerusform>%n files damaged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replica(s) offline</source>
        <translation>
            <numerusform>%n replica offline</numerusform>
            <numerusform>%n replicas offline</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s): new leader</source>
        <translation>
            <numerusform>%n partition: new leader</numerusform>
            <numerusform>%n partitions: new leader</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s): no leader</source>
        <translation>
            <numerusform>%n partition: no leader</numerusform>
            <numerusform>%n partitions: no leader</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s): fewer in sync</source>
        <translation>
            <numerusform>%n partition: fewer in sync</numerusform>
            <numerusform>%n partitions: fewer in sync</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s): more in sync</source>
        <translation>
            <numerusform>%n partition: more in sync</numerusform>
            <numerusform>%n partitions: more in sync</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s): more partitions</source>
        <translation>
            <numerusform>%n topic: more partitions</numerusform>
            <numerusform>%n topics: more partitions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s) created</source>
        <translation>
            <numerusform>%n topic created</numerusform>
            <numerusform>%n topics created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s) deleted</source>
        <translation>
            <numerusform>%n topic deleted</numerusform>
            <numerusform>%n topics deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) refused</source>
        <translation>
            <numerusform>%n connection refused</numerusform>
            <numerusform>%n connections refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
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
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiveLink</name>
    <message numerus="yes">
        <source>%n broker(s)</source>
        <translation>
            <numerusform>%n broker</numerusform>
            <numerusform>%n brokers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaletteSources</name>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>%n partition</numerusform>
            <numerusform>%n partitions</numerusform>
        </translation>
    </message>
</context>
</TS>
