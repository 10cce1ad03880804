package io.github.cftracker.distribution;

import java.util.Map;
import java.util.Set;

import io.github.cftracker.testing.Distributions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Distributions in a short notation: {@code /a/*=app,api} is a behavior with an origin
 * group of both.
 */
class DistributionTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/v1      | /api/*
			/api/pub/a   | /api/*
			/api/a.jpg   | /api/*
			/pub/a.jpg   | *.jpg
			/pub/a       | /pub/*
			/            | *
			/api         | *
			# normalized
			//api/v1     | /api/*
			/pub/../api/ | /api/*
			/%61pi/v1    | /api/*
			/api/../b    | *
			/api%2Fv1    | *
			""")
	void findsTheFirstBehaviorThatMatches(String path, String pattern) {
		Distribution distribution = Distributions.of("/api/*=api /api/pub/*=app *.jpg=bucket /pub/*=app *=app");
		assertThat(distribution.behaviorOf(path).pattern()).hasToString(pattern);
	}

	@Test
	void everyOriginExceptBucketMayBeApplication() {
		assertThat(Distributions.of("/a/*=api /b/*=bucket,app /c/*=api *=app").applicationOrigins())
			.containsExactly(Distributions.API, Distributions.APP);
		assertThat(Distributions.of("/a/*=bucket *=bucket").applicationOrigins()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# behaviors                                | prefix         | of one origin
			*=app                                      | /              | true
			/api/*=api *=app                           | /shop/         | true
			/admin/*=app *=app                         | /ad            | true
			# another origin's behavior below
			/api/*=api *=app                           | /              | false
			/api/*=api *=app                           | /a             | false
			/api/*=api *=app                           | /api           | false
			/shop/api/*=api *=app                      | /shop/         | false
			/shop/api=api *=app                        | /shop/         | false
			# above, but all of it is the other's
			/api/*=api *=app                           | /api/          | true
			/api/*=api *=app                           | /api/v1/       | true
			/shop/*=app *=api                          | /shop/         | true
			# shadowed by an earlier one
			/shop/*=app /shop/api/*=api *=app          | /shop/         | true
			/shop/api/*=api /shop/*=app *=app          | /shop/         | false
			/s*=app /shop/api/*=api *=app              | /shop/         | true
			/shop/*.html=app /shop/api/*=api *=app     | /shop/         | false
			# extensions
			*.jpg=bucket *=app                         | /shop/         | false
			/shop/*=app *.jpg=bucket *=app             | /shop/         | true
			*.jpg=app *=app                            | /shop/         | true
			# origin groups
			/a/*=app,api *=api,app                     | /              | true
			/a/*=app,api *=api                         | /              | true
			/a/*=app,api *=bucket                      | /              | false
			/a/*=app,api /b/*=api,bucket *=app         | /              | false
			# as CloudFront looks at the path
			/api/*=api *=app                           | /shop/../a     | false
			/api/*=api *=app                           | //a            | false
			/api/*=api *=app                           | /%61           | false
			/api/*=api *=app                           | /%61pi/        | true
			""")
	void detectsPrefixOfOneOrigin(String behaviors, String prefix, boolean ofOneOrigin) {
		assertThat(Distributions.of(behaviors).isOfOneOrigin(prefix)).isEqualTo(ofOneOrigin);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "Cache-Tag, true", "cache-tag, true", "-, false", "X-Tags, false" })
	void readsTagsFromItsHeaderAlone(String header, boolean expected) {
		Distribution distribution = new Distribution(Set.of(), "", header, Distributions.of("*=app").behaviors(),
				Map.of(), UnreadSettings.NONE);
		assertThat(distribution.readsTagsFrom("Cache-Tag")).isEqualTo(expected);
	}

}
