package io.headrace.flink.redis.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.junit.jupiter.api.Test;

/** Vectors in the bytes that Redis' vector search reads. */
class VectorFormatTest {

  private static final VectorFormat FLOATS =
      VectorFormat.of(DataTypes.ARRAY(DataTypes.FLOAT()).getLogicalType());
  private static final VectorFormat DOUBLES =
      VectorFormat.of(DataTypes.ARRAY(DataTypes.DOUBLE()).getLogicalType());

  @Test
  void elementsArePackedLittleEndian() {
    byte[] packed = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0};
    assertThat(FLOATS.bytes(new GenericArrayData(new float[] {1, -2}))).isEqualTo(packed);
    assertThat(((ArrayData) FLOATS.fromBytes(packed)).toFloatArray()).containsExactly(1f, -2f);
    byte[] one = {0, 0, 0, 0, 0, 0, (byte) 0xf0, 0x3f};
    assertThat(DOUBLES.bytes(new GenericArrayData(new double[] {1}))).isEqualTo(one);
  }

  @Test
  void asTextAVectorIsJson() {
    assertThat(FLOATS.text(new GenericArrayData(new float[] {0.5f}))).isEqualTo("[0.5]");
  }

  @Test
  void nullIsNoElement() {
    GenericArrayData vector = new GenericArrayData(new Object[] {1f, null});
    assertThatThrownBy(() -> FLOATS.bytes(vector))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("element 2 of the vector is NULL", "before the INSERT");
  }

  @Test
  void halfAnElementIsNoVector() {
    assertThatThrownBy(() -> FLOATS.fromBytes(new byte[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("5 bytes are no packed FLOAT32 vector", "multiple of 4");
    assertThatThrownBy(() -> DOUBLES.fromBytes(new byte[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("4 bytes are no packed FLOAT64 vector", "multiple of 8");
  }

  @Test
  void otherTypesAreNoVectors() {
    assertThatThrownBy(() -> VectorFormat.of(DataTypes.ARRAY(DataTypes.INT()).getLogicalType()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll("ARRAY<INT> is no vector", "ARRAY<FLOAT>");
  }
}
