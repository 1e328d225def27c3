package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any identifier makes a safe file name, and comes back. */
class FileNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"item_sentiment", "A-b", "..", ".hidden", "a/b", "a b+c*", "100%", "评论", "a:b\\"})
  void thereAndBack(String name) {
    String file = FileNames.encode(name);
    assertThat(file).matches("[A-Za-z0-9_%-]+");
    assertThat(FileNames.decode(file)).hasValue(name);
  }

  @Test
  void ordinaryNamesStayAsTheyAre() {
    assertThat(FileNames.encode("item_sentiment")).isEqualTo("item_sentiment");
  }

  @ParameterizedTest
  @ValueSource(strings = {".item.json.tmp", "a b", "%zz", "a+b"})
  void otherFilesHaveNoName(String file) {
    assertThat(FileNames.decode(file)).isEmpty();
  }
}
