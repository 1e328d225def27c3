package io.headrace.flink.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * The Java agent of a TaskManager ({@code -javaagent:headrace-flink.jar}): its servers for Python
 * workers listen on the loopback interface alone. Without it they listen on every interface,
 * without a password.
 */
public final class LoopbackAgent {
  private LoopbackAgent() {}

  /**
   * Called by Java before Flink's {@code main}; where it throws, the process ends.
   *
   * @throws IllegalStateException Beam's class is not on the class path, or not the one we know
   */
  public static void premain(String options, Instrumentation instrumentation) {
    // Now, not when the first worker starts: a transformer that throws leaves its class as it was.
    ServerFactoryRewriting.rewritten(onClassPath());
    instrumentation.addTransformer(new Transformer());
  }

  private static byte[] onClassPath() {
    String file = ServerFactoryRewriting.CLASS + ".class";
    try (InputStream stream = ClassLoader.getSystemResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(
            "-javaagent: %s is not on the class path; put flink-python into Flink's lib/"
                .formatted(file));
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For every class loader: a job may bring a flink-python of its own. */
  static final class Transformer implements ClassFileTransformer {
    /** What no class loader accepts. */
    private static final byte[] NO_CLASS = {};

    @Override
    public byte[] transform(
        ClassLoader loader,
        String name,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] content) {
      if (!ServerFactoryRewriting.CLASS.equals(name)) {
        return null; // as it is
      }
      try {
        return ServerFactoryRewriting.rewritten(content);
      } catch (RuntimeException e) {
        // Thrown further it would be lost, and the port open.
        System.err.println(e);
        return NO_CLASS;
      }
    }
  }
}
