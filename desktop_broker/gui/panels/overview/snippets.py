"""Programs to start with, one per language, for the cluster at hand. They are shown and copied as they stand."""

from __future__ import annotations

LANGUAGES: tuple[tuple[str, str], ...] = (
    ("python", "Python"),
    ("java", "Java"),
    ("go", "Go"),
    ("node", "Node"),
    ("kcat", "kcat"),
)

_PYTHON = """from confluent_kafka import Producer

p = Producer({{"bootstrap.servers":
              "{server}"}})
p.produce("orders", key="o-10482",
          value='{{"status":"PAID"}}')
p.flush()"""

_JAVA = """var config = Map.<String, Object>of(
    "bootstrap.servers", "{server}");
var text = new StringSerializer();
try (var p = new KafkaProducer<>(
         config, text, text)) {{
  p.send(new ProducerRecord<>("orders",
      "o-10482", "{{\\"status\\":\\"PAID\\"}}"));
}}"""

_GO = """cl, _ := kgo.NewClient(
    kgo.SeedBrokers("{server}"))
defer cl.Close()
cl.ProduceSync(ctx, &kgo.Record{{
    Topic: "orders",
    Key:   []byte("o-10482"),
    Value: []byte(`{{"status":"PAID"}}`)}})"""

_NODE = """const {{ Kafka }} = require('kafkajs')
const kafka = new Kafka({{
  brokers: ['{server}'] }})
const p = kafka.producer()
await p.connect()
await p.send({{ topic: 'orders', messages: [
  {{ key: 'o-10482',
    value: '{{"status":"PAID"}}' }}] }})"""

_KCAT = """# write
echo 'o-10482:{{"status":"PAID"}}' |
  kcat -b {server} -P -t orders -K:

# read
kcat -b {server} -C -t orders \\
  -f '%k %s\\n'"""

_TEMPLATES = {"python": _PYTHON, "java": _JAVA, "go": _GO, "node": _NODE, "kcat": _KCAT}


def snippet(language: str, bootstrap: str) -> str:
    """A first program in a language of `LANGUAGES`; one address of the bootstrap servers is enough for it."""
    return _TEMPLATES[language].format(server=bootstrap.split(",")[0])
