package io.headrace.flink.redis.sink;

import java.time.Duration;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.factories.FactoryUtil;

/** Options of writing. */
public final class SinkOptions {

  public static final ConfigOption<Integer> BUFFER_MAX_ROWS =
      ConfigOptions.key("sink.buffer-flush.max-rows")
          .intType()
          .defaultValue(500)
          .withDescription(
              "Rows that are gathered before they are sent together. Of several rows with one"
                  + " primary key, only the last is sent.");

  public static final ConfigOption<MemorySize> BUFFER_MAX_BYTES =
      ConfigOptions.key("sink.buffer-flush.max-bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(2))
          .withDescription(
              "Bytes that are gathered before they are sent together, whichever is reached first.");

  public static final ConfigOption<Duration> BUFFER_INTERVAL =
      ConfigOptions.key("sink.buffer-flush.interval")
          .durationType()
          .defaultValue(Duration.ofMillis(5))
          .withDescription("The longest time that a row waits for others before it is sent.");

  public static final ConfigOption<Integer> MAX_IN_FLIGHT =
      ConfigOptions.key("sink.max-in-flight")
          .intType()
          .defaultValue(2)
          .withDescription(
              "Sendings that may await Redis' answer at a time. When it is reached, the sink holds"
                  + " the stream back until the oldest is answered.");

  public static final ConfigOption<Duration> RETRY_TIMEOUT =
      ConfigOptions.key("sink.retry.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription(
              "How long a sending is tried again where that can help: a lost connection, a failover,"
                  + " a moved slot, a Redis that is loading, out of memory or refuses the password."
                  + " After that the job fails with Redis' words and repeats from its last"
                  + " checkpoint.");

  public static final ConfigOption<Integer> WAIT_REPLICAS =
      ConfigOptions.key("sink.wait-replicas")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Replicas that must have each sending (WAIT) before it counts as written. Redis"
                  + " replicates asynchronously: with 0, a failover can lose writes that the old"
                  + " primary had already answered.");

  public static final ConfigOption<DeliveryGuarantee> DELIVERY_GUARANTEE =
      ConfigOptions.key("sink.delivery-guarantee")
          .enumType(DeliveryGuarantee.class)
          .noDefaultValue()
          .withDescription(
              "For 'list' and 'stream': 'exactly-once' (default) stages rows in Redis and appends"
                  + " them when their checkpoint is complete, each row once (or at the end of an"
                  + " input that ends, in a job without checkpoints); 'at-least-once' appends at"
                  + " once, and rows since the last checkpoint again after a failure. The other"
                  + " structures are written at once"
                  + " ('at-least-once'), and have exact contents all the same: a row that is"
                  + " written again replaces itself.");

  public static final ConfigOption<Duration> STAGING_TTL =
      ConfigOptions.key("sink.staging-ttl")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription(
              "For 'exactly-once': how long Redis keeps rows that wait for their checkpoint, and"
                  + " the mark that says which of them were appended. Longer than a job is ever"
                  + " down before it starts from its last checkpoint or savepoint (compare Kafka's"
                  + " transaction.timeout.ms): one that starts later finds its rows gone, and"
                  + " fails. What attempts that failed have left stays in Redis as long.");

  public static final ConfigOption<LostRows> LOST_STAGED_ROWS =
      ConfigOptions.key("sink.lost-staged-rows")
          .enumType(LostRows.class)
          .defaultValue(LostRows.FAIL)
          .withDescription(
              "For 'exactly-once': what a job does if rows that were staged are gone before they"
                  + " were appended, because they expired or Redis lost them. 'fail'; or 'skip': it"
                  + " goes on without them, logs a warning and counts them in the metric"
                  + " failedCommittables.");

  public static final ConfigOption<String> NEWER_WINS_COLUMN =
      ConfigOptions.key("newer-wins.column")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "For 'hash' and 'string': a TIMESTAMP or TIMESTAMP_LTZ column. A row never replaces"
                  + " one with a later time, so that no reader sees a value go back while a job"
                  + " that was restored repeats old rows.");

  public static final ConfigOption<NewerWinsCheck> NEWER_WINS_CHECK =
      ConfigOptions.key("newer-wins.check")
          .enumType(NewerWinsCheck.class)
          .defaultValue(NewerWinsCheck.AUTO)
          .withDescription(
              "'auto': Redis compares (in a script) only where it may hold a later row: after a"
                  + " start, until rows pass the latest time written before; and when a sending is"
                  + " repeated. Right as long as one job writes the table and all rows of a key go"
                  + " through one subtask. 'always': Redis compares for each row, whoever writes;"
                  + " about half as many rows a second.");

  public static final ConfigOption<Duration> NEWER_WINS_TOMBSTONE_TTL =
      ConfigOptions.key("newer-wins.tombstone-ttl")
          .durationType()
          .defaultValue(Duration.ofDays(1))
          .withDescription(
              "How long Redis remembers when a row was deleted, so that older rows do not bring it"
                  + " back. Longer than a job is ever behind after a restart.");

  public static final ConfigOption<Integer> PARALLELISM = FactoryUtil.SINK_PARALLELISM;

  public static final Set<ConfigOption<?>> ALL =
      Set.of(
          BUFFER_MAX_ROWS,
          BUFFER_MAX_BYTES,
          BUFFER_INTERVAL,
          MAX_IN_FLIGHT,
          RETRY_TIMEOUT,
          WAIT_REPLICAS,
          DELIVERY_GUARANTEE,
          STAGING_TTL,
          LOST_STAGED_ROWS,
          NEWER_WINS_COLUMN,
          NEWER_WINS_CHECK,
          NEWER_WINS_TOMBSTONE_TTL,
          PARALLELISM);

  /** What is done about rows that were staged and are gone. */
  public enum LostRows {
    FAIL,
    SKIP
  }

  /** When Redis compares times. */
  public enum NewerWinsCheck {
    AUTO,
    ALWAYS
  }

  private SinkOptions() {}
}
