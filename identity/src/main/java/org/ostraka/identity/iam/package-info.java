/** The errors of IAM and STS. */
@NullMarked
package org.ostraka.identity.iam;

import org.jspecify.annotations.NullMarked;
