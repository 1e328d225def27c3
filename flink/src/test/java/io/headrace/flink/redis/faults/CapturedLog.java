package io.headrace.flink.redis.faults;

import java.io.StringWriter;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** All that is logged while it is open, down to the level DEBUG. */
final class CapturedLog implements AutoCloseable {

  private final StringWriter text = new StringWriter();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final LoggerConfig root = context.getConfiguration().getRootLogger();
  private final Level before = root.getLevel();
  private final WriterAppender appender =
      WriterAppender.newBuilder()
          .setName("captured")
          .setTarget(text)
          .setLayout(PatternLayout.newBuilder().withPattern("%p %c %m%n%xEx").build())
          .build();

  CapturedLog() {
    appender.start();
    root.addAppender(appender, Level.DEBUG, null);
    root.setLevel(Level.DEBUG);
    context.updateLoggers();
  }

  String text() {
    return text.toString();
  }

  @Override
  public void close() {
    root.removeAppender(appender.getName());
    root.setLevel(before);
    context.updateLoggers();
    appender.stop();
  }
}
