/**
 * Sends to CloudFront. The only room besides the auto-configuration that knows the AWS
 * SDK.
 */
@NullMarked
package io.github.cftracker.cloudfront;

import org.jspecify.annotations.NullMarked;
