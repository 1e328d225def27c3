package io.headrace.flink.redis.structure;

/** Chooses the decoder of a table. */
public final class RowDecoders {

  private RowDecoders() {}

  public static RowDecoder of(TableLayout layout, RowShape shape) {
    RowAssembler assembler = new RowAssembler(layout, shape);
    return switch (layout.structure()) {
      case HASH -> new HashDecoder(assembler);
      case STRING -> new StringDecoder(assembler);
      case MAP -> new MapDecoder(assembler);
      case ZSET -> new SortedSetDecoder(assembler);
      case LIST -> new ListDecoder(assembler);
      case STREAM -> new StreamDecoder(assembler);
    };
  }
}
