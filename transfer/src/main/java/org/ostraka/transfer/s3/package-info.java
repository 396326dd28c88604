/** Buckets of an S3 service; the only package here that uses the AWS SDK. */
@NullMarked
package org.ostraka.transfer.s3;

import org.jspecify.annotations.NullMarked;
