// kafkajs. See README.md of this folder.
const { Kafka, CompressionTypes, CompressionCodecs, logLevel } = require('kafkajs')
const lz4 = require('lz4js')
const zstd = require('@bokuweb/zstd-wasm')
CompressionCodecs[CompressionTypes.Snappy] = require('kafkajs-snappy')
// kafkajs' own packages for these two need a compiler; these are plain JavaScript and WebAssembly.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async encoder => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async buffer => Buffer.from(lz4.decompress(buffer)),
})
CompressionCodecs[CompressionTypes.ZSTD] = () => ({
  compress: async encoder => Buffer.from(zstd.compress(encoder.buffer, 3)),
  decompress: async buffer => Buffer.from(zstd.decompress(buffer)),
})

const [, , command, bootstrap, topic, ...rest] = process.argv
const kafka = new Kafka({ clientId: 'agent-js', brokers: bootstrap.split(','), logLevel: logLevel.ERROR })
const codecs = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 }
const say = line => console.log(JSON.stringify(line))

async function create(partitions) {
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: +partitions, replicationFactor: 3 }], waitForLeaders: true })
  await admin.disconnect()
}

async function produce(codec, count, prefix) {
  const producer = kafka.producer()
  await producer.connect()
  const messages = [...Array(+count).keys()].map(i => ({ key: `k${i}`, value: `${prefix}-${i}`, headers: { codec } }))
  for (let i = 0; i < messages.length; i += 20)
    await producer.send({ topic, compression: codecs[codec], acks: -1, messages: messages.slice(i, i + 20) })
  await producer.disconnect()
}

async function member(group) {
  const consumer = kafka.consumer({ groupId: group, sessionTimeout: 10000, heartbeatInterval: 500 })
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => say({ assigned: (payload.memberAssignment[topic] || []).slice().sort() }))
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(message.offset) + 1n) }])
      const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, value.toString()]))
      say({ p: partition, o: +message.offset, k: message.key.toString(), v: message.value.toString(), h: headers })
    },
  })
  await new Promise(resolve => process.stdin.resume().on('end', resolve))
  await consumer.disconnect()
}

;zstd.init().then(() => ({ create, produce, member })[command](...rest)).then(() => process.exit(0), error => { console.error(error); process.exit(1) })
