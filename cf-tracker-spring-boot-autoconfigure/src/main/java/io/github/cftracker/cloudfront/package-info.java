/**
 * Internal: calls of CloudFront. The only package besides the auto-configuration that
 * uses the AWS SDK, apart from {@link io.github.cftracker.CloudFrontClientCustomizer}.
 */
@NullMarked
package io.github.cftracker.cloudfront;

import org.jspecify.annotations.NullMarked;
