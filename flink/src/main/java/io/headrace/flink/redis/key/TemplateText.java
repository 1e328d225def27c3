package io.headrace.flink.redis.key;

import java.util.ArrayList;
import java.util.List;

/**
 * A key template taken apart.
 *
 * @param columns each once; none where all rows stand under one key
 * @param literals the text before each column, and after the last
 */
record TemplateText(List<String> columns, List<String> literals) {

  /**
   * @throws IllegalArgumentException saying what is wrong and what to write
   */
  static TemplateText parse(String template) {
    List<String> columns = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int position = 0;
    while (position < template.length()) {
      if (template.startsWith("<<", position)) {
        literal.append('<');
        position += 2;
      } else if (template.charAt(position) == '<') {
        int end = template.indexOf('>', position);
        if (end < 0) {
          throw new IllegalArgumentException(
              String.format(
                  "'%s' has no closing '>'. Close it, or write '<<' for the character '<' itself.",
                  template.substring(position)));
        }
        columns.add(template.substring(position + 1, end));
        literals.add(literal.toString());
        literal.setLength(0);
        position = end + 1;
      } else {
        literal.append(template.charAt(position));
        position++;
      }
    }
    literals.add(literal.toString());
    return checked(columns, literals);
  }

  static TemplateText ofPrimaryKey(String table, List<String> keyColumns) {
    List<String> literals = new ArrayList<>();
    String literal = table;
    for (int i = 0; i < keyColumns.size(); i++) {
      literals.add(literal + ":");
      literal = "";
    }
    literals.add(literal);
    return checked(List.copyOf(keyColumns), literals);
  }

  private static TemplateText checked(List<String> columns, List<String> literals) {
    for (int i = 1; i < columns.size(); i++) {
      if (literals.get(i).isEmpty()) {
        throw new IllegalArgumentException(
            String.format(
                "nothing separates <%s> from <%s>, so that two rows could share a key. Write a"
                    + " text between them, such as ':'.",
                columns.get(i - 1), columns.get(i)));
      }
      if (columns.subList(0, i).contains(columns.get(i))) {
        throw new IllegalArgumentException(
            String.format("the column '%s' is in it twice. Name it once.", columns.get(i)));
      }
    }
    return new TemplateText(columns, literals);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    StringBuilder template = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      template.append(literals.get(i).replace("<", "<<"));
      template.append('<').append(columns.get(i)).append('>');
    }
    return template.append(literals.get(columns.size()).replace("<", "<<")).toString();
  }
}
