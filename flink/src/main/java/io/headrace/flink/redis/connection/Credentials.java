package io.headrace.flink.redis.connection;

import java.io.Serializable;
import javax.annotation.Nullable;

/**
 * Where a user's name and password come from. Holds no secret: the password is read when a
 * connection is made, and again for each new one, so that it can change while a job runs.
 *
 * @param username the ACL user; null for Redis' default user
 * @param passwordFile a file on the machine that connects; a line end after the password is ignored
 * @param passwordEnvironmentVariable read where there is no file
 */
public record Credentials(
    @Nullable String username,
    @Nullable String passwordFile,
    @Nullable String passwordEnvironmentVariable)
    implements Serializable {

  /** Redis' default user, without a password. */
  public static final Credentials NONE = new Credentials(null, null, null);

  boolean isNone() {
    return username == null && passwordFile == null && passwordEnvironmentVariable == null;
  }
}
