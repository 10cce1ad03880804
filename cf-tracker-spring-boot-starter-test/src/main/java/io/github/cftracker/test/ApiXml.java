package io.github.cftracker.test;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Answers of the API in the XML of API version 2020-05-31.
 */
final class ApiXml {

	private static final String NAMESPACE = "http://cloudfront.amazonaws.com/doc/" + Operation.API_VERSION + "/";

	private ApiXml() {
	}

	static String invalidation(Invalidation invalidation) {
		String paths = invalidation.paths().stream().map((path) -> element("Path", path)).collect(Collectors.joining());
		String batch = element("CallerReference", invalidation.callerReference()) + "<Paths>"
				+ element("Quantity", invalidation.paths().size()) + "<Items>" + paths + "</Items></Paths>";
		return document("Invalidation", summary(invalidation) + "<InvalidationBatch>" + batch + "</InvalidationBatch>");
	}

	static String invalidationList(List<Invalidation> page, @Nullable String marker, @Nullable String nextMarker,
			int maxItems) {
		String items = page.stream()
			.map((invalidation) -> "<InvalidationSummary>" + summary(invalidation) + "</InvalidationSummary>")
			.collect(Collectors.joining());
		// AWS leaves the element out of an empty list
		String list = page.isEmpty() ? "" : "<Items>" + items + "</Items>";
		return document("InvalidationList", element("Marker", (marker != null) ? marker : "")
				+ ((nextMarker != null) ? element("NextMarker", nextMarker) : "") + element("MaxItems", maxItems)
				+ element("IsTruncated", nextMarker != null) + element("Quantity", page.size()) + list);
	}

	static String error(ApiException error, String requestId) {
		String type = (error.status() < 500) ? "Sender" : "Receiver";
		return document("ErrorResponse", "<Error>" + element("Type", type) + element("Code", error.code())
				+ element("Message", error.reason()) + "</Error>" + element("RequestId", requestId));
	}

	static String document(String root, String content) {
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + " xmlns=\"" + NAMESPACE + "\">" + content + "</"
				+ root + ">";
	}

	static String list(String name, Stream<String> items) {
		List<String> all = items.toList();
		return "<" + name + ">" + element("Quantity", all.size())
				+ (all.isEmpty() ? "" : "<Items>" + String.join("", all) + "</Items>") + "</" + name + ">";
	}

	static String element(String name, Object value) {
		String text = value.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
		return "<" + name + ">" + text + "</" + name + ">";
	}

	private static String summary(Invalidation invalidation) {
		return element("Id", invalidation.id()) + element("CreateTime", invalidation.createdAt())
				+ element("Status", invalidation.status());
	}

}
