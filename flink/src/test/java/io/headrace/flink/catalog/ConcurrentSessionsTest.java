package io.headrace.flink.catalog;

import static io.headrace.flink.catalog.Contender.COUNTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sessions that change the same objects at the same time: nothing is lost, one of several wins, and
 * nobody reads half a file. With fewer sessions and rounds on object stores, where each change
 * takes half a second.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConcurrentSessionsTest {

  @TempDir Path folder;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  private URI root(String scheme) {
    return scheme.equals("file")
        ? folder.resolve("catalog").toUri()
        : URI.create(scheme + ":///" + UUID.randomUUID());
  }

  private List<Contender> sessions(URI root) {
    List<Contender> sessions = new ArrayList<>();
    int number = root.getScheme().equals("objects") ? 2 : 4;
    for (int i = 0; i < number; i++) {
      sessions.add(new Contender(root));
    }
    return sessions;
  }

  /** Runs one action per session, all at once. */
  private <T> List<T> together(List<Contender> sessions, Action<T> action) throws Exception {
    var start = new CyclicBarrier(sessions.size());
    List<Future<T>> results = new ArrayList<>();
    for (int i = 0; i < sessions.size(); i++) {
      Contender session = sessions.get(i);
      int number = i;
      Callable<T> run =
          () -> {
            start.await();
            return action.by(session, number);
          };
      results.add(threads.submit(run));
    }
    List<T> values = new ArrayList<>();
    for (Future<T> result : results) {
      values.add(result.get());
    }
    return values;
  }

  private interface Action<T> {
    T by(Contender session, int number) throws Exception;
  }

  @ParameterizedTest
  @CsvSource({"file, 100", "viewfs, 100", "objects, 1"})
  void oneCreates(String scheme, int rounds) throws Exception {
    List<Contender> sessions = sessions(root(scheme));
    for (int round = 0; round < rounds; round++) {
      var path = new ObjectPath("default", "t" + round);
      List<Boolean> created =
          together(
              sessions,
              (session, number) -> {
                var table = Contender.table(Map.of("session", String.valueOf(number)));
                try {
                  session.catalog().createTable(path, table, false);
                  return true;
                } catch (TableAlreadyExistException e) {
                  return false;
                }
              });
      assertThat(created).containsOnlyOnce(true);
      assertThat(sessions.get(0).catalog().getTable(path).getOptions())
          .containsEntry("session", String.valueOf(created.indexOf(true)));
    }
    assertThat(sessions.get(0).catalog().listTables("default")).hasSize(rounds);
  }

  @ParameterizedTest
  @CsvSource({"file, 50", "viewfs, 50", "objects, 1"})
  void noChangeIsLostAndReadersSeeWholeObjects(String scheme, int times) throws Exception {
    URI root = root(scheme);
    List<Contender> sessions = sessions(root);
    sessions.get(0).catalog().createTable(COUNTER, Contender.table(Map.of("count", "0")), false);

    var done = new AtomicBoolean();
    Future<Integer> reader =
        threads.submit(
            () -> {
              var session = new Contender(root);
              int reads = 0;
              for (int last = 0; !done.get(); reads++) {
                int count = session.count();
                assertThat(count).isGreaterThanOrEqualTo(last);
                assertThat(session.catalog().listTables("default")).containsExactly("counter");
                last = count;
              }
              return reads;
            });
    together(
        sessions,
        (session, number) -> {
          session.increment(times);
          return null;
        });
    done.set(true);

    assertThat(sessions.get(0).count()).isEqualTo(sessions.size() * times);
    assertThat(reader.get()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"file, 50", "viewfs, 50", "objects, 1"})
  void eachDropTakesWhatOneCreateMade(String scheme, int times) throws Exception {
    List<Contender> sessions = sessions(root(scheme));
    var path = new ObjectPath("default", "t");
    List<Integer> created =
        together(
            sessions,
            (session, number) -> {
              int balance = 0;
              for (int i = 0; i < times; i++) {
                try {
                  session.catalog().createTable(path, Contender.table(Map.of()), false);
                  balance += 1;
                } catch (TableAlreadyExistException e) {
                  // Another one was faster.
                }
                try {
                  session.catalog().dropTable(path, false);
                  balance -= 1;
                } catch (TableNotExistException e) {
                  // Another one was faster.
                }
              }
              return balance;
            });
    int left = created.stream().mapToInt(Integer::intValue).sum();
    assertThat(left).isEqualTo(sessions.get(0).catalog().tableExists(path) ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"file, 50", "viewfs, 50", "objects, 1"})
  void oneRenames(String scheme, int rounds) throws Exception {
    List<Contender> sessions = sessions(root(scheme));
    var path = new ObjectPath("default", "t");
    for (int round = 0; round < rounds; round++) {
      sessions.get(0).catalog().createTable(path, Contender.table(Map.of()), false);
      String prefix = "r" + round + "_";
      List<Boolean> renamed =
          together(
              sessions,
              (session, number) -> {
                try {
                  session.catalog().renameTable(path, prefix + number, false);
                  return true;
                } catch (TableNotExistException e) {
                  return false;
                }
              });
      assertThat(renamed).containsOnlyOnce(true);
      assertThat(sessions.get(0).catalog().listTables("default"))
          .filteredOn(name -> name.startsWith(prefix))
          .containsExactly(prefix + renamed.indexOf(true));
    }
    assertThat(sessions.get(0).catalog().listTables("default")).hasSize(rounds);
  }

  @ParameterizedTest
  @CsvSource({"file", "viewfs", "objects"})
  void changeOfWhatAnotherSessionHasChangedIsRefused(String scheme) throws Exception {
    URI root = root(scheme);
    var first = new Contender(root).catalog();
    var second = new Contender(root).catalog();
    first.createTable(COUNTER, Contender.table(Map.of("count", "0")), false);

    second.getTable(COUNTER);
    first.alterTable(COUNTER, Contender.table(Map.of("count", "1")), false);

    List<Action<Void>> changes =
        List.of(
            (session, number) -> {
              second.alterTable(COUNTER, Contender.table(Map.of("count", "2")), false);
              return null;
            },
            (session, number) -> {
              second.renameTable(COUNTER, "renamed", false);
              return null;
            },
            (session, number) -> {
              second.dropTable(COUNTER, true);
              return null;
            });
    for (Action<Void> change : changes) {
      assertThatThrownBy(() -> change.by(null, 0))
          .isInstanceOf(CatalogException.class)
          .hasMessage(
              "Table headrace.default.counter: another session has changed it since this"
                  + " statement read it, and the change would be lost. Run the statement again.");
    }

    second.getTable(COUNTER);
    second.dropTable(COUNTER, false);
    assertThat(first.listTables("default")).isEmpty();
  }

  @Test
  void processes() throws Exception {
    URI root = root("file");
    var session = new Contender(root);
    session.catalog().createTable(COUNTER, Contender.table(Map.of("count", "0")), false);

    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(process(root, 40));
    }
    session.increment(40);
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(session.count()).isEqualTo(120);
  }

  @Test
  void killedProcessBlocksNobodyAndLeavesNothingBroken() throws Exception {
    URI root = root("file");
    var session = new Contender(root);
    session.catalog().createTable(COUNTER, Contender.table(Map.of("count", "0")), false);

    for (int i = 0; i < 2; i++) {
      int before = session.count();
      Process process = process(root, 1_000_000);
      while (session.count() < before + 20) {
        assertThat(process.isAlive()).isTrue();
      }
      process.destroyForcibly().waitFor();
      session.increment(1);
    }
    assertThat(session.catalog().listTables("default")).containsExactly("counter");
  }

  private Process process(URI root, int times) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            Contender.class.getName(),
            root.toString(),
            String.valueOf(times))
        .redirectErrorStream(true)
        .redirectOutput(Files.createTempFile(folder, "process", ".log").toFile())
        .start();
  }
}
