package io.headrace.flink.redis.lookup;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;
import org.apache.flink.util.ExceptionUtils;

/** Lookups one after the other. Public, as Flink wants its functions to be. */
public final class SyncRedisLookup extends LookupFunction {

  private static final long serialVersionUID = 1L;

  private final RedisLookup lookup;

  SyncRedisLookup(LookupPlan plan) {
    this.lookup = new RedisLookup(plan);
  }

  @Override
  public void open(FunctionContext context) throws IOException {
    lookup.open(context.getMetricGroup());
  }

  /** Waits no longer than the command timeout and the retries allow. */
  @Override
  public Collection<RowData> lookup(RowData joinKeys) throws IOException {
    try {
      return lookup.lookup(joinKeys).get();
    } catch (ExecutionException e) {
      ExceptionUtils.rethrowIOException(e.getCause());
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the job ends while Redis is asked", e);
    }
  }

  @Override
  public void close() {
    lookup.close();
  }
}
