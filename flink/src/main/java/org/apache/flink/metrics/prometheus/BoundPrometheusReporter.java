package org.apache.flink.metrics.prometheus;

import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Flink's Prometheus reporter on one address; the stock one listens on every interface and has no
 * option for it. It is in Flink's package because the metrics it has to show are visible there
 * only.
 */
public final class BoundPrometheusReporter extends AbstractPrometheusReporter {
  private final HTTPServer server;

  /**
   * Starts to listen.
   *
   * @throws IOException the address or port is not this machine's, or is taken
   */
  public BoundPrometheusReporter(String host, int port) throws IOException {
    server = new HTTPServer(new InetSocketAddress(host, port), registry);
    log.info("Prometheus metrics: http://{}:{}/metrics", host, port);
  }

  @Override
  public void close() {
    server.stop();
    super.close();
  }
}
