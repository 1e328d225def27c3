package io.headrace.flink.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** Whose turn it is in a run. The sources of a run are threads of one process, a mini cluster's. */
final class Turns {

  private static final int KEPT = 100;
  private static final Map<String, Turns> RUNS =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Turns> eldest) {
          return size() > KEPT;
        }
      };

  private int turn;
  private int ended;

  static Turns of(String run) {
    synchronized (RUNS) {
      return RUNS.computeIfAbsent(run, name -> new Turns());
    }
  }

  private Turns() {}

  /** Waits until a turn has come. */
  synchronized void await(int wanted) throws InterruptedException {
    while (turn < wanted) {
      wait();
    }
  }

  /** Ends the turn, as soon as each of the table's readers has said so. */
  synchronized void end(int readers) {
    ended++;
    if (ended == readers) {
      ended = 0;
      turn++;
      notifyAll();
    }
  }
}
