/**
 * The template language of annotations: text with Spring expressions. Internal.
 */
@NullMarked
package io.github.cftracker.expression;

import org.jspecify.annotations.NullMarked;
