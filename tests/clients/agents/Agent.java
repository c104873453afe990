// Apache Kafka's own client. See README.md of this folder. Started as a single source file: java -cp 'libs/*' Agent.java ...
import java.time.Duration;
import java.util.*;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.*;

public class Agent {
    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "create" -> create(words[1], words[2], Integer.parseInt(words[3]));
            case "produce" -> produce(words[1], words[2], words[3], Integer.parseInt(words[4]), words[5]);
            default -> member(words[1], words[2], words[3]);
        }
    }

    static void create(String bootstrap, String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 3))).all().get();
        }
    }

    static void produce(String bootstrap, String topic, String codec, int count, String prefix) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "compression.type", codec, "linger.ms", 5);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                var record = new ProducerRecord<>(topic, "k" + i, prefix + "-" + i);
                record.headers().add("codec", codec.getBytes());
                sent.add(producer.send(record));
            }
            for (var future : sent) future.get();
        }
    }

    static void member(String bootstrap, String topic, String group) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Thread watch = new Thread(() -> {
            try { System.in.readAllBytes(); } catch (java.io.IOException ignored) { }
            stop.set(true);
        });
        watch.setDaemon(true);
        watch.start();
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "group.id", group, "auto.offset.reset", "earliest",
            "enable.auto.commit", false, "session.timeout.ms", 10_000, "heartbeat.interval.ms", 500);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
                public void onPartitionsRevoked(Collection<TopicPartition> parts) { }
                public void onPartitionsAssigned(Collection<TopicPartition> parts) {
                    String numbers = parts.stream().map(part -> "" + part.partition()).sorted().collect(Collectors.joining(","));
                    System.out.println("{\"assigned\": [" + numbers + "]}");
                }
            });
            while (!stop.get()) {
                var records = consumer.poll(Duration.ofMillis(200));
                if (!records.isEmpty()) consumer.commitSync();
                for (var record : records) {
                    String codec = new String(record.headers().lastHeader("codec").value());
                    System.out.printf("{\"p\": %d, \"o\": %d, \"k\": \"%s\", \"v\": \"%s\", \"h\": {\"codec\": \"%s\"}}%n",
                        record.partition(), record.offset(), record.key(), record.value(), codec);
                }
            }
        }
    }
}
