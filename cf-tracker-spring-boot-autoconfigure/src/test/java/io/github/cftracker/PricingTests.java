package io.github.cftracker;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PricingTests {

	@Test
	void deductsNoFreeItems() {
		assertThat(Pricing.PAY_AS_YOU_GO.usd(1)).isEqualTo("0.005");
		assertThat(Pricing.PAY_AS_YOU_GO.usd(20_000)).isEqualByComparingTo("100");
		assertThat(new Pricing(new BigDecimal("0.02"), 5).usd(3)).isEqualTo("0.06");
	}

	@Test
	void billsWhatIsMoreThanTheFreeItems() {
		assertThat(Pricing.PAY_AS_YOU_GO.bills(1000)).isFalse();
		assertThat(Pricing.PAY_AS_YOU_GO.bills(1001)).isTrue();
		assertThat(new Pricing(BigDecimal.ONE, 0).bills(1)).isTrue();
		assertThat(new Pricing(BigDecimal.ZERO, 0).bills(1)).isFalse();
	}

	@Test
	void refusesNegativeValues() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Pricing(new BigDecimal("-0.005"), 0))
			.withMessageContaining("'-0.005'");
		assertThatIllegalArgumentException().isThrownBy(() -> new Pricing(BigDecimal.ONE, -1))
			.withMessageContaining("'-1'");
	}

}
