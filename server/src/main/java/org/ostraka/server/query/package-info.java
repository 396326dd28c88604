/**
 * The query protocol of IAM and STS: requests are forms, answers are XML. The only package that
 * knows either.
 */
@NullMarked
package org.ostraka.server.query;

import org.jspecify.annotations.NullMarked;
