package io.headrace.flink.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With the flink-python that the set-up puts into Flink's lib/. */
class LoopbackAgentTest {
  private static final String PACKAGE = "org.apache.beam.sdk.fn.server.";
  private static final LoopbackAgent.Transformer TRANSFORMER = new LoopbackAgent.Transformer();

  @Test
  void aServerForWorkersListensOnLoopbackAlone() throws Exception {
    assertThat(new Beam(true).listening())
        .isNotEmpty()
        .allMatch(address -> address.getAddress().isLoopbackAddress());
  }

  /** Where this fails, Beam has mended it, and the agent may go. */
  @Test
  void itListensOnEveryInterfaceWithoutTheAgent() throws Exception {
    assertThat(new Beam(false).listening())
        .anyMatch(address -> address.getAddress().isAnyLocalAddress());
  }

  @Test
  void otherClassesStayAsTheyAre() {
    assertThat(TRANSFORMER.transform(null, "java/lang/String", null, null, new byte[] {1}))
        .isNull();
  }

  @Test
  void aClassThatIsNotTheOneWeKnowIsRefused() throws Exception {
    byte[] content = own();
    assertThatThrownBy(() -> ServerFactoryRewriting.rewritten(content))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("InetSocketAddressServerFactory: not one call");
  }

  @Test
  void itCannotBeLoadedEither() throws Exception {
    byte[] content = TRANSFORMER.transform(null, ServerFactoryRewriting.CLASS, null, null, own());
    String name = ServerFactoryRewriting.CLASS.replace('/', '.');
    var loader =
        new ClassLoader() {
          Class<?> define() {
            return defineClass(name, content, 0, content.length);
          }
        };
    assertThatThrownBy(loader::define).isInstanceOf(ClassFormatError.class);
  }

  @Test
  void aTaskManagerWithoutBeamDoesNotStart() {
    assertThatThrownBy(() -> LoopbackAgent.premain(null, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("put flink-python into Flink's lib/");
  }

  /** A class file without the call. */
  private static byte[] own() throws Exception {
    try (InputStream stream = LoopbackAgentTest.class.getResourceAsStream("LoopbackAgent.class")) {
      return stream.readAllBytes();
    }
  }

  /**
   * Beam's classes, as a TaskManager loads them with the agent or without it. Never closed: a
   * server's threads load classes until they have ended.
   */
  private static final class Beam extends URLClassLoader {
    private final boolean hasAgent;

    Beam(boolean hasAgent) throws Exception {
      super(new URL[] {jar().toUri().toURL()}, Beam.class.getClassLoader());
      this.hasAgent = hasAgent;
    }

    private static Path jar() {
      Path jar = Path.of(System.getProperty("headrace.flink.python"));
      assertThat(jar).as("made by `make setup`").matches(Files::isRegularFile);
      return jar;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/');
      if (!hasAgent || !file.equals(ServerFactoryRewriting.CLASS)) {
        return super.findClass(name);
      }
      try (InputStream stream = getResourceAsStream(file + ".class")) {
        byte[] content = TRANSFORMER.transform(this, file, null, null, stream.readAllBytes());
        return defineClass(name, content, 0, content.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    /** Where a server listens that is opened as Flink opens it. */
    List<InetSocketAddress> listening() throws Exception {
      Class<?> descriptor =
          loadClass("org.apache.beam.model.pipeline.v1.Endpoints$ApiServiceDescriptor");
      Object builder = descriptor.getMethod("newBuilder").invoke(null);
      Class<?> type = loadClass(PACKAGE + "ServerFactory");
      Object factory = type.getMethod("createDefault").invoke(null);
      Object server =
          type.getMethod("allocateAddressAndCreate", List.class, builder.getClass())
              .invoke(factory, List.of(), builder);
      Class<?> serverType = loadClass("org.apache.beam.vendor.grpc.v1p60p1.io.grpc.Server");
      try {
        @SuppressWarnings("unchecked")
        var sockets =
            (List<? extends SocketAddress>) serverType.getMethod("getListenSockets").invoke(server);
        return sockets.stream().map(InetSocketAddress.class::cast).toList();
      } finally {
        serverType.getMethod("shutdownNow").invoke(server);
      }
    }
  }
}
