package io.headrace.flink.redis.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** The most memory that this JVM took since it was asked to look. */
final class PeakMemory implements AutoCloseable {

  private static final double MEGABYTE = 1 << 20;

  private final AtomicLong heapAfterCollection = new AtomicLong();
  private final NotificationListener listener =
      (notification, handback) -> collected((CompositeData) notification.getUserData());

  PeakMemory() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector).addNotificationListener(listener, null, null);
    }
  }

  private void collected(CompositeData data) {
    Map<String, MemoryUsage> pools =
        GarbageCollectionNotificationInfo.from(data).getGcInfo().getMemoryUsageAfterGc();
    long used =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pools.get(pool.getName()).getUsed())
            .sum();
    heapAfterCollection.accumulateAndGet(used, Math::max);
  }

  /** The heap after a collection, and all that the process has ever had in memory. */
  void addTo(Measured measured) throws IOException {
    measured.put("heap_after_collection_megabytes", heapAfterCollection.get() / MEGABYTE);
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        measured.put("resident_megabytes", Long.parseLong(line.replaceAll("\\D", "")) / 1024.0);
      }
    }
  }

  @Override
  public void close() throws ListenerNotFoundException {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector).removeNotificationListener(listener);
    }
  }
}
