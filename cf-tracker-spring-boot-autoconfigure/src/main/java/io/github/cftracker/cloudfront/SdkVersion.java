package io.github.cftracker.cloudfront;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.util.VersionInfo;

/**
 * Version of the AWS SDK at run time, compared with the one at compile time.
 */
final class SdkVersion {

	// The compiler writes the version at compile time into this class
	private static final String COMPILED = VersionInfo.SDK_VERSION;

	private SdkVersion() {
	}

	/**
	 * Describe an SDK that lacks something.
	 * @return the beginning of a sentence
	 */
	static String tooOld() {
		String used = used();
		return (used != null) ? "AWS SDK %s is older than %s".formatted(used, COMPILED)
				: "The AWS SDK is older than " + COMPILED;
	}

	private static @Nullable String used() {
		try {
			return String.valueOf(VersionInfo.class.getField("SDK_VERSION").get(null));
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

}
