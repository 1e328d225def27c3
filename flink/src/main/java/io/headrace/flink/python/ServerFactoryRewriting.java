package io.headrace.flink.python;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassReader;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassWriter;
import org.apache.flink.shaded.asm9.org.objectweb.asm.tree.AbstractInsnNode;
import org.apache.flink.shaded.asm9.org.objectweb.asm.tree.ClassNode;
import org.apache.flink.shaded.asm9.org.objectweb.asm.tree.MethodInsnNode;
import org.apache.flink.shaded.asm9.org.objectweb.asm.tree.MethodNode;

/**
 * Beam's factory of servers is given an address and takes only its port: {@code
 * NettyServerBuilder.forPort(address.getPort())}. Rewritten, it listens on that address: {@code
 * NettyServerBuilder.forAddress(address)}. Flink gives it loopback.
 */
final class ServerFactoryRewriting {
  /** As class files write it. */
  static final String CLASS =
      "org/apache/beam/sdk/fn/server/ServerFactory$InetSocketAddressServerFactory";

  private static final String BUILDER =
      "org/apache/beam/vendor/grpc/v1p60p1/io/grpc/netty/NettyServerBuilder";

  private ServerFactoryRewriting() {}

  /**
   * The class file that listens on the address it is given.
   *
   * @param content the class file as Beam has it
   * @throws IllegalStateException it has not exactly one such call
   */
  static byte[] rewritten(byte[] content) {
    ClassReader reader = new ClassReader(content);
    ClassNode node = new ClassNode();
    reader.accept(node, 0);
    List<MethodNode> methods = new ArrayList<>();
    List<MethodInsnNode> calls = new ArrayList<>();
    for (MethodNode method : node.methods) {
      for (AbstractInsnNode instruction : method.instructions) {
        if (isCall(instruction, BUILDER, "forPort")) {
          methods.add(method);
          calls.add((MethodInsnNode) instruction);
        }
      }
    }
    AbstractInsnNode argument = calls.size() == 1 ? before(calls.get(0)) : null;
    if (!isCall(argument, "java/net/InetSocketAddress", "getPort")) {
      throw new IllegalStateException(
          ("%s: not one call NettyServerBuilder.forPort(address.getPort()), so servers for Python"
                  + " workers may listen on every interface; run the flink-python that this jar is"
                  + " made for, or change ServerFactoryRewriting")
              .formatted(CLASS));
    }
    methods.get(0).instructions.remove(argument);
    MethodInsnNode call = calls.get(0);
    call.name = "forAddress";
    call.desc = "(Ljava/net/SocketAddress;)L%s;".formatted(BUILDER);
    ClassWriter writer = new ClassWriter(0); // frames and stack sizes stay as they are
    node.accept(writer);
    return writer.toByteArray();
  }

  private static AbstractInsnNode before(AbstractInsnNode instruction) {
    AbstractInsnNode found = instruction.getPrevious();
    while (found != null && found.getOpcode() < 0) { // a label, a line number
      found = found.getPrevious();
    }
    return found;
  }

  private static boolean isCall(AbstractInsnNode instruction, String owner, String name) {
    return instruction instanceof MethodInsnNode call
        && call.owner.equals(owner)
        && call.name.equals(name);
  }
}
