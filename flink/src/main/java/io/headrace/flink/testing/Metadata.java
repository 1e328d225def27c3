package io.headrace.flink.testing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

/** What Kafka says of a message, by the names and types of Flink's Kafka connector. */
enum Metadata {
  TOPIC("topic", DataTypes.STRING().notNull()) {
    @Override
    Object of(String table, Step step) {
      return StringData.fromString(table);
    }
  },
  PARTITION("partition", DataTypes.INT().notNull()) {
    @Override
    Object of(String table, Step step) {
      return step.partition();
    }
  },
  HEADERS("headers", DataTypes.MAP(DataTypes.STRING(), DataTypes.BYTES()).notNull()) {
    @Override
    Object of(String table, Step step) {
      Map<StringData, byte[]> headers = new HashMap<>();
      step.headers().forEach((name, value) -> headers.put(StringData.fromString(name), value));
      return new GenericMapData(headers);
    }
  },
  LEADER_EPOCH("leader-epoch", DataTypes.INT().nullable()) {
    @Override
    Object of(String table, Step step) {
      return 0;
    }
  },
  OFFSET("offset", DataTypes.BIGINT().notNull()) {
    @Override
    Object of(String table, Step step) {
      return step.offset();
    }
  },
  TIMESTAMP("timestamp", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3).notNull()) {
    @Override
    Object of(String table, Step step) {
      return TimestampData.fromEpochMillis(step.timestamp());
    }
  },
  TIMESTAMP_TYPE("timestamp-type", DataTypes.STRING().notNull()) {
    @Override
    Object of(String table, Step step) {
      return StringData.fromString("CreateTime");
    }
  };

  private final String key;
  private final DataType type;

  Metadata(String key, DataType type) {
    this.key = key;
    this.type = type;
  }

  abstract Object of(String table, Step step);

  String key() {
    return key;
  }

  DataType type() {
    return type;
  }

  static Metadata of(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key.equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no metadata '" + key + "'"));
  }
}
