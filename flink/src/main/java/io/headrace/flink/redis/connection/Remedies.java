package io.headrace.flink.redis.connection;

import java.util.Map;
import java.util.Optional;

/** What to do about what Redis, or the connection to it, says. */
final class Remedies {

  /** By the first word of Redis' error, which is its code. */
  private static final Map<String, String> BY_CODE =
      Map.ofEntries(
          Map.entry(
              "WRONGTYPE",
              "Another program keeps a value of another type under this key: delete the key, or"
                  + " choose another 'key' for the table."),
          Map.entry("OOM", "Give Redis more memory (maxmemory), or set a (shorter) 'ttl'."),
          Map.entry(
              "NOAUTH", "Name the file that holds the password in the option 'password-file'."),
          Map.entry("WRONGPASS", "Check the options 'username' and 'password-file'."),
          Map.entry(
              "NOPERM",
              "Allow the user this command on the table's keys, and PING everywhere (ACL SETUSER)."),
          Map.entry("READONLY", "This is a replica: let the option 'url' name the primary."),
          Map.entry("MISCONF", "Redis cannot save to its disk: see its log."),
          Map.entry(
              "CLUSTERDOWN",
              "Nodes are missing, or nobody serves some slots: see 'redis-cli --cluster check'."),
          Map.entry(
              "MOVED",
              "This is a node of a cluster: let the option 'url' begin with 'redis-cluster://'."),
          Map.entry("CROSSSLOT", "Give keys that are used together one {hash tag}."),
          Map.entry("LOADING", "Wait until Redis has read its files."),
          Map.entry("BUSY", "A script runs for too long: see SCRIPT KILL."),
          Map.entry("MASTERDOWN", "The replica has lost its primary: see their logs."),
          Map.entry(
              "NOREPLICAS", "Check that the replicas run and are connected (INFO replication)."),
          Map.entry(
              WaitReply.CODE, "Check that the replicas run and are connected (INFO replication)."));

  private static final String OTHER_HOST =
      "The server's certificate is for another host: connect by the name that is in it, or have it"
          + " made for this one; 'tls.verify-hostname' = 'false' trusts any host with a certificate"
          + " of the authority.";

  /** By words that others than Redis say, or that have no code. */
  private static final Map<String, String> BY_WORDS =
      Map.of(
          "cluster support disabled",
          "This is not a node of a cluster: let the option 'url' begin with 'redis://'.",
          "knows no master",
          "Check the name after the '#' in the option 'url'.",
          "using sentinel for masterId",
          "Check the name after the '#' in the option 'url'.",
          "valid certification path",
          "Name a file with the certificate of the server's authority in 'tls.ca-file'.",
          "No subject alternative",
          OTHER_HOST,
          "No name matching",
          OTHER_HOST,
          "certificate_required",
          "The server wants a certificate: name it in 'tls.certificate-file' and 'tls.key-file'.",
          "unknown_ca",
          "The server does not trust the authority of 'tls.certificate-file'.");

  private static final String KNOWN =
      "Check that this version of Redis knows the command (INFO server), and see its log.";

  private static final String REACHABLE =
      "Check the option 'url', and that Redis runs and can be reached from here.";

  private Remedies() {}

  /** For what Redis answered to a command. */
  static String ofAnswer(String words) {
    return find(words).orElse(KNOWN);
  }

  /** For a server that cannot be connected to. */
  static String ofConnection(String words, boolean tls) {
    return find(words)
        .orElseGet(
            () -> {
              if (words.contains("refused") || words.startsWith("ERR")) {
                return REACHABLE;
              }
              return REACHABLE
                  + (tls
                      ? " If it has no TLS, let the URL begin with 'redis' in place of 'rediss'."
                      : " If it has TLS, let the URL begin with 'rediss' in place of 'redis'.");
            });
  }

  private static Optional<String> find(String words) {
    String byCode = BY_CODE.get(words.split(" ", 2)[0]);
    if (byCode != null) {
      return Optional.of(byCode);
    }
    return BY_WORDS.entrySet().stream()
        .filter(entry -> words.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
