package io.github.cftracker.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The body of CreateInvalidation, checked as CloudFront checks it before it looks at what
 * it has accepted so far.
 */
record InvalidationBatch(String callerReference, List<String> paths) {

	private static final int MAX_ITEMS = 3_000;

	static InvalidationBatch read(byte[] body) {
		if (body.length == 0) {
			throw new ApiException(400, "MissingBody",
					"This operation requires a body. Ensure that the body is present and the Content-Type header is set.");
		}
		Element root = parse(body);
		if (!"InvalidationBatch".equals(root.getLocalName())) {
			throw ApiException.malformedXml();
		}
		Element paths = child(root, "Paths");
		List<Element> items = children(paths, "Items");
		List<String> values = items.stream()
			.flatMap((item) -> children(item, "Path").stream())
			.map(Element::getTextContent)
			.toList();
		checkQuantity(child(paths, "Quantity").getTextContent(), values.size());
		checkPaths(values);
		String callerReference = child(root, "CallerReference").getTextContent();
		if (callerReference.isBlank()) {
			throw ApiException.invalidArgument("The parameter CallerReference is required.");
		}
		return new InvalidationBatch(callerReference, values);
	}

	private static void checkQuantity(String quantity, int size) {
		try {
			if (Integer.parseInt(quantity.strip()) != size) {
				throw new ApiException(400, "InconsistentQuantities",
						"The value of Quantity and the size of Items don't match.");
			}
		}
		catch (NumberFormatException ex) {
			throw ApiException.malformedXml();
		}
	}

	private static void checkPaths(List<String> paths) {
		if (paths.isEmpty()) {
			throw ApiException.invalidArgument("Your request contains no invalidation paths.");
		}
		if (paths.size() > MAX_ITEMS) {
			throw new ApiException(413, "BatchTooLarge", "Invalidation batch specified is too large.");
		}
		if (!paths.stream().allMatch(InvalidationPaths::isValid)) {
			throw ApiException.invalidArgument("Your request contains one or more invalid invalidation paths.");
		}
	}

	private static Element parse(byte[] body) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			factory.setNamespaceAware(true);
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			DocumentBuilder builder = factory.newDocumentBuilder();
			// The default one prints to standard error
			builder.setErrorHandler(new DefaultHandler());
			return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
		}
		catch (SAXException | IOException ex) {
			throw ApiException.malformedXml();
		}
		catch (ParserConfigurationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Element child(Element parent, String name) {
		List<Element> children = children(parent, name);
		if (children.size() != 1) {
			throw ApiException.malformedXml();
		}
		return children.get(0);
	}

	private static List<Element> children(Element parent, String name) {
		List<Element> children = new ArrayList<>();
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element && name.equals(element.getLocalName())) {
				children.add(element);
			}
		}
		return children;
	}

}
