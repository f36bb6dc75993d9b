package dev.convoy.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A picture as another program reads it: by the JDK's XML parser. */
record Xml(Document document) {

    static Xml parse(String text) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        return new Xml(builder.parse(new InputSource(new StringReader(text))));
    }

    List<Element> all(String path) throws Exception {
        NodeList nodes =
                (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    List<String> texts(String path) throws Exception {
        return all(path).stream().map(Element::getTextContent).toList();
    }

    List<String> attributes(String path, String name) throws Exception {
        return all(path).stream().map(element -> element.getAttribute(name)).toList();
    }
}
