package io.headrace.flink.redis.bench;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.connector.sink.SinkRuntimeProviderContext;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;

/**
 * The connector's sink behind a source that costs little: in a real job, one subtask, one chain.
 */
final class SinkJob {

  private SinkJob() {}

  static Measured run(Run run) throws Exception {
    long firstMillis = run.firstMillis();
    StreamExecutionEnvironment job =
        StreamExecutionEnvironment.createLocalEnvironment(Jobs.configuration());
    job.fromSequence(0, run.rows() - 1)
        .map(number -> BenchTable.row(number, firstMillis))
        .returns(InternalTypeInfo.of(BenchTable.ROW_TYPE))
        .sinkTo(sink(run));
    return Jobs.measure(run, "numRecordsSend", () -> job.executeAsync("sink"));
  }

  private static Sink<RowData> sink(Run run) {
    var provider =
        (SinkV2Provider)
            BenchTable.sink(BenchTable.options(run.url(), run.options()))
                .getSinkRuntimeProvider(new SinkRuntimeProviderContext(false));
    return provider.createSink();
  }
}
