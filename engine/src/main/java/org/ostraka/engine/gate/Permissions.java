package org.ostraka.engine.gate;

import java.util.Map;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.policy.Requester;
import org.ostraka.model.Caller;
import org.ostraka.model.Tags;

/** Judges whether a caller may do something. Any thread. */
public interface Permissions {
  /** Allows everything. */
  Permissions ALL =
      new Permissions() {
        @Override
        public void require(Caller caller, Action action) {}

        @Override
        public void require(Caller caller, Action action, Target target) {}

        @Override
        public void require(Caller caller, String action, String resource, Tags ofRequest) {}

        @Override
        public boolean allows(Caller caller, Action action, Target target, PolicyDocument policy) {
          return true;
        }

        @Override
        public boolean allows(Caller caller, BucketAccess access) {
          return true;
        }

        @Override
        public CrossAccountCaller crossAccountCaller(Caller caller, Action action, Target target) {
          return new CrossAccountCaller(new Requester.Root(caller.owner().account()), Map.of());
        }
      };

  /**
   * Requires that the caller may do something that concerns no single table.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not
   */
  void require(Caller caller, Action action);

  /**
   * Requires that the caller may do something with a table, an index or a stream.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not
   */
  void require(Caller caller, Action action, Target target);

  /**
   * Requires that the caller may do something of another service.
   *
   * @param action such as {@code application-autoscaling:TagResource}
   * @param resource the ARN of what it concerns
   * @param ofRequest the tags of the request, which conditions may name
   * @throws org.ostraka.model.error.ApiException when the caller may not
   */
  void require(Caller caller, String action, String resource, Tags ofRequest);

  /** Returns whether the caller could do something if the target had another policy. */
  boolean allows(Caller caller, Action action, Target target, PolicyDocument policy);

  /**
   * Returns the caller as policies of other accounts know it.
   *
   * @throws org.ostraka.model.error.ApiException when its own policies do not allow the action
   */
  CrossAccountCaller crossAccountCaller(Caller caller, Action action, Target target);

  /** Returns whether the caller's own policies allow the use of a bucket. */
  boolean allows(Caller caller, BucketAccess access);
}
