package io.github.cftracker.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.cftracker.test.Invalidation;

/**
 * What CloudFront has billed: no caller reference twice, no item by two batches of a run
 * except late ones, and none by two runs unless somebody asked for the page in between.
 *
 * @param invalidations how many there are
 * @param items how many items they have
 * @param said items billed twice of which their run says so
 * @param twice what was billed twice in silence
 * @param problems what is wrong with the books as such
 */
record BillCheck(int invalidations, long items, int said, List<String> twice, List<String> problems) {

	static BillCheck of(List<Invalidation> invalidations, Map<String, Long> possiblyBilledTwice, Pages pages) {
		List<String> problems = new ArrayList<>();
		Set<String> references = new HashSet<>();
		Map<String, List<Billing>> billings = new HashMap<>();
		for (Invalidation invalidation : invalidations) {
			if (!references.add(invalidation.callerReference())) {
				problems.add("Caller reference %s was billed twice".formatted(invalidation.callerReference()));
			}
			Optional<Billing> billing = Billing.of(invalidation);
			if (billing.isEmpty()) {
				problems.add("Caller reference %s names no run".formatted(invalidation.callerReference()));
			}
			invalidation.paths()
				.forEach((item) -> billing.map((one) -> one.withItem(item))
					.ifPresent((one) -> billings.computeIfAbsent(item, (key) -> new ArrayList<>()).add(one)));
		}
		Map<String, Long> allowed = new HashMap<>(possiblyBilledTwice);
		List<String> twice = new ArrayList<>();
		int said = 0;
		for (List<Billing> ofItem : billings.values()) {
			ofItem.sort(Comparator.comparing(Billing::at));
			for (int i = 1; i < ofItem.size(); i++) {
				Billing first = ofItem.get(i - 1);
				Billing second = ofItem.get(i);
				if (isTwice(first, second, pages)) {
					if (allowed.merge(first.run(), -1L, Long::sum) >= 0) {
						said++;
					}
					else {
						twice.add(describe(first, second));
					}
				}
			}
		}
		return new BillCheck(invalidations.size(), billings.values().stream().mapToLong(List::size).sum(), said, twice,
				problems);
	}

	private static boolean isTwice(Billing first, Billing second, Pages pages) {
		if (first.run().equals(second.run()) && !first.late() && !second.late()) {
			return true;
		}
		// A batch that is sent again may be billed after that of a later run
		return !pages.mayHaveBeenRecorded(first.item(), first.run(), second.at())
				&& !pages.mayHaveBeenRecorded(first.item(), second.run(), first.at());
	}

	private static String describe(Billing first, Billing second) {
		return "%s was billed at %s for run %s and at %s for run %s%s".formatted(first.item(), first.at(), first.run(),
				second.at(), second.run(), second.late() ? ", late" : "");
	}

	/**
	 * Knows who asked for pages.
	 */
	@FunctionalInterface
	interface Pages {

		/**
		 * Whether a page may have been recorded after a run had claimed it.
		 * @param item the page
		 * @param run the run
		 * @param until before when
		 */
		boolean mayHaveBeenRecorded(String item, String run, Instant until);

	}

}
