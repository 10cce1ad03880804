package io.github.cftracker.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who asked for pages and when, as far as it matters for the bill.
 */
final class PageRequests implements BillCheck.Pages {

	private final Map<String, List<PageRequest>> byTarget;

	private final Map<String, Instant> runs;

	private final List<Downtime> outages;

	/**
	 * Create from what was seen.
	 * @param requests the requests to nodes that track
	 * @param runs when runs were asked for
	 * @param outages when Redis or a node was down, so that recorded pages were not
	 * written
	 */
	PageRequests(List<PageRequest> requests, Map<String, Instant> runs, List<Downtime> outages) {
		this.byTarget = requests.stream().collect(Collectors.groupingBy(PageRequest::target));
		this.runs = runs;
		this.outages = outages;
	}

	@Override
	public boolean mayHaveBeenRecorded(String item, String run, Instant until) {
		Instant requested = this.runs.get(run);
		if (requested == null) {
			// The node died before it could tell the name of its run
			return true;
		}
		Instant since = Unflushed.since(requested, this.outages);
		return this.byTarget.getOrDefault(item, List.of())
			.stream()
			.anyMatch((request) -> request.mayHaveRendered(since, until));
	}

}
