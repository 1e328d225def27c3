package io.headrace.flink.redis.value;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Vectors as Redis' vector search wants them: an ARRAY&lt;FLOAT&gt; as packed little-endian
 * FLOAT32, an ARRAY&lt;DOUBLE&gt; as FLOAT64. As text they are JSON, like any array.
 */
public final class VectorFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;

  private final boolean isFloat;
  private final JsonFormat json;

  private VectorFormat(boolean isFloat, JsonFormat json) {
    this.isFloat = isFloat;
    this.json = json;
  }

  /**
   * @throws UnsupportedOperationException saying what to do, if the type is no array of floating
   *     point numbers
   */
  public static VectorFormat of(LogicalType type) {
    if (type instanceof ArrayType array) {
      LogicalTypeRoot element = array.getElementType().getTypeRoot();
      if (element == LogicalTypeRoot.FLOAT || element == LogicalTypeRoot.DOUBLE) {
        return new VectorFormat(element == LogicalTypeRoot.FLOAT, new JsonFormat(type));
      }
    }
    throw new UnsupportedOperationException(
        String.format(
            "a %s is no vector. Declare the column ARRAY<FLOAT> or ARRAY<DOUBLE>.",
            type.copy(true).asSummaryString()));
  }

  @Override
  public String text(Object value) {
    return json.text(value);
  }

  @Override
  public Object fromText(String text) {
    return json.fromText(text);
  }

  @Override
  public byte[] bytes(Object value) {
    ArrayData vector = (ArrayData) value;
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.size() * elementBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < vector.size(); i++) {
      if (vector.isNullAt(i)) {
        throw new IllegalArgumentException(
            String.format(
                "element %d of the vector is NULL, which a packed vector cannot hold. Give it a"
                    + " number, or leave the row out, before the INSERT.",
                i + 1));
      }
      if (isFloat) {
        bytes.putFloat(vector.getFloat(i));
      } else {
        bytes.putDouble(vector.getDouble(i));
      }
    }
    return bytes.array();
  }

  @Override
  public Object fromBytes(byte[] bytes) {
    if (bytes.length % elementBytes() != 0) {
      throw new IllegalArgumentException(
          String.format(
              "%d bytes are no packed %s vector: expected a multiple of %d.",
              bytes.length, isFloat ? "FLOAT32" : "FLOAT64", elementBytes()));
    }
    ByteBuffer packed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (isFloat) {
      float[] vector = new float[bytes.length / Float.BYTES];
      packed.asFloatBuffer().get(vector);
      return new GenericArrayData(vector);
    }
    double[] vector = new double[bytes.length / Double.BYTES];
    packed.asDoubleBuffer().get(vector);
    return new GenericArrayData(vector);
  }

  private int elementBytes() {
    return isFloat ? Float.BYTES : Double.BYTES;
  }
}
