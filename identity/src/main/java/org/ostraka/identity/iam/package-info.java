/** The operations of IAM and STS, and their errors. */
@NullMarked
package org.ostraka.identity.iam;

import org.jspecify.annotations.NullMarked;
