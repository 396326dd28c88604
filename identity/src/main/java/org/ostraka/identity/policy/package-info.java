/** The policy language of IAM, and its evaluation: who may do what, and which statement says so. */
@NullMarked
package org.ostraka.identity.policy;

import org.jspecify.annotations.NullMarked;
