//! Small documents in the shapes that shops have.

/// Whole, well-formed documents; all end with the root and at most a line end.
pub const DOCUMENTS: [&str; 5] = [
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE yml_catalog SYSTEM \"shops.dtd\">
<yml_catalog date=\"2026-11-21 10:12\"><shop>
<name>Калина</name><company>ФОП &quot;Калина О.&quot; &amp; Ко</company>
<currencies><currency id=\"UAH\" rate=\"1\"/></currencies>
<categories><category id=\"1\">Кружки</category><category id=\"2\" parentId=\"1\">Термо</category></categories>
<offers>
<offer id=\"KT1182\" available=\"true\"><price>1299</price><name>Термокружка &lt;Їжак&gt;</name>
<description><![CDATA[<p>Тримає <b>тепло</b> ]] ]> &nbsp;</p>]]></description><param name=\"Колір\">синій</param></offer>
<offer id='KT1183' available='false'><price>10.50</price><picture>https://x.ua/1.jpg?a=1&amp;b=2</picture></offer>
</offers></shop></yml_catalog>
",
    "<yml_catalog><shop><offers><offer id=\"1\"/><offer id=\"2\"><price>5</price><!-- стара ціна --></offer>
<offer id=\"3\" ><x a=\"1\tb\" b='&#x406;&#10;'/><price\n>7</price ></offer\n></offers></shop></yml_catalog>",
    "<?xml version='1.0'?>\r\n<!-- made by hand -->\r\n<yml_catalog>\r\n<shop>\r\n<offers>\r\n<offer id=\"a\r\nb\">x\r\ny\rz</offer>\r
<offer id=\"&gt;\"><description><![CDATA[1]]]]><![CDATA[>2]]></description></offer>\r\n</offers>\r\n<?done now?></shop>\r
</yml_catalog>\r\n",
    "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>
<yml_catalog xmlns:g=\"http://base.example/ns\" xmlns=\"d\"><shop><g:title>Ñandú 😀</g:title><offers>
<offer xmlns:h=\"h\" h:id=\"1\" g:id=\"1\" id=\"1\"><g:price xml:lang=\"uk\">1 UAH</g:price><ціна>5</ціна></offer>
<offer id=\"2\"><g:shipping><g:country>UA</g:country></g:shipping>&amp;&lt;&gt;&apos;&quot;&#1110;</offer>
</offers></shop></yml_catalog>
",
    "<!DOCTYPE yml_catalog PUBLIC \"-//X//Y\" 'z' []><yml_catalog><shop/><!----><offers2>text &#38; more</offers2><?p?></yml_catalog>\n",
];
