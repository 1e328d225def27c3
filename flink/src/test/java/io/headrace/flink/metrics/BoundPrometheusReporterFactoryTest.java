package io.headrace.flink.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Properties;
import org.apache.flink.metrics.prometheus.BoundPrometheusReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundPrometheusReporterFactoryTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPortIsTakenAsNumberAndAsText(boolean isNumber) throws Exception {
    int port = freePort();
    Properties options = new Properties();
    // A number as config.yaml has it, text as an option of the command line.
    options.put("port", isNumber ? (Object) port : Integer.toString(port));
    var reporter =
        (BoundPrometheusReporter)
            new BoundPrometheusReporterFactory().createMetricReporter(options);
    try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(connected.isConnected()).isTrue();
    } finally {
      reporter.close();
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server.getLocalPort();
    }
  }
}
