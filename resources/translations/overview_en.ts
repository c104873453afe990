<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>OverviewPanel</name>
    <message numerus="yes">
        <source>%n partition(s) without a leader: clients cannot write or read there. Start the brokers that are stopped.</source>
        <translation>
            <numerusform>%n partition without a leader: clients cannot write or read there. Start the brokers that are stopped.</numerusform>
            <numerusform>%n partitions without a leader: clients cannot write or read there. Start the brokers that are stopped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>%n partition</numerusform>
            <numerusform>%n partitions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplicaMap</name>
    <message numerus="yes">
        <source>%n replica(s)</source>
        <translation>
            <numerusform>%n replica</numerusform>
            <numerusform>%n replicas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not in sync</source>
        <translation>
            <numerusform>%n not in sync</numerusform>
            <numerusform>%n not in sync</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>catching up: %n message(s) behind</source>
        <translation>
            <numerusform>catching up: %n message behind</numerusform>
            <numerusform>catching up: %n messages behind</numerusform>
        </translation>
    </message>
</context>
</TS>
