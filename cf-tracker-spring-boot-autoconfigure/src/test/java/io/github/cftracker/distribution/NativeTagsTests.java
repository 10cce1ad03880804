package io.github.cftracker.distribution;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.cftracker.testing.Distributions.of;
import static org.assertj.core.api.Assertions.assertThat;

class NativeTagsTests {

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, -, false", "-, Cache-Tag, false", "Cache-Tag, Cache-Tag, true",
			"Cache-Tag, cache-tag, true", "Cache-Tag, -, false", "Cache-Tag, X-Tags, false" })
	void tagsAreNativeIfDistributionReadsHeader(String header, String distributions, boolean expected) {
		assertThat(new NativeTags(header, () -> reading(distributions)).areNative()).isEqualTo(expected);
	}

	@Test
	void propertyDecidesUntilDistributionIsRead() {
		AtomicReference<Distribution> known = new AtomicReference<>();
		NativeTags tags = new NativeTags("Cache-Tag", known::get);
		assertThat(tags.areNative()).isTrue();
		known.set(reading(null));
		assertThat(tags.areNative()).isFalse();
		known.set(reading("Cache-Tag"));
		assertThat(tags.areNative()).isTrue();
		assertThat(new NativeTags(null, () -> null).areNative()).isFalse();
	}

	private static Distribution reading(String header) {
		return new Distribution(true, false, "", header, of("*=app").behaviors(), Map.of());
	}

}
