/** What programs put into the clipboard beside each other. `picture`: a PNG of the same. */
export interface Clipboard {
  plain?: string
  html?: string
  /** The name of a picture. */
  picture?: string
}

export const excel: Clipboard = {
  plain: 'Printer\tFloor\tRemark\r\nPRN-3 | COLOUR\t2\tblank pages\r\nPRN-1\t\t2*3*4\r\n',
  html: `<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Excel.Sheet>
<meta name=Generator content="Microsoft Excel 15">
<style>
<!--table
	{mso-displayed-decimal-separator:"\\.";
	mso-displayed-thousand-separator:"\\,";}
td
	{padding-top:1px;
	mso-ignore:padding;
	white-space:nowrap;}
.xl65
	{mso-number-format:"\\@";}
-->
</style>
</head>
<body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 width=261 style='border-collapse:
 collapse;width:196pt'>
<!--StartFragment-->
 <col width=87 span=3 style='width:65pt'>
 <tr height=20 style='height:15.0pt'>
  <td height=20 width=87 style='height:15.0pt;width:65pt'>Printer</td>
  <td width=87 style='width:65pt'>Floor</td>
  <td width=87 style='width:65pt'>Remark</td>
 </tr>
 <tr height=40 style='height:30.0pt'>
  <td height=40 class=xl65 style='height:30.0pt'>PRN-3 | COLOUR</td>
  <td align=right>2</td>
  <td class=xl65>blank<br>
    pages</td>
 </tr>
 <tr height=20 style='height:15.0pt'>
  <td height=20 style='height:15.0pt'>PRN-1</td>
  <td></td>
  <td>2*3*4</td>
 </tr>
<!--EndFragment-->
</table>
</body>
</html>`,
  picture: 'image.png',
}

/** One cell is a text, as several in one row or column are. */
export const excelCell: Clipboard = {
  plain: 'PRN-3-COLOUR\r\n',
  html: `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--td {padding:0}--></style></head><body>
<table border=0><!--StartFragment--><tr height=20><td height=20 width=87>PRN-3-COLOUR</td></tr><!--EndFragment--></table>
</body></html>`,
  picture: 'image.png',
}

export const word: Clipboard = {
  plain: 'The printer on floor 2 prints blank pages.\r\n·\tWe changed the toner.\r\n',
  html: `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal><span lang=EN-GB>The printer on <b>floor 2</b> prints blank pages.<o:p></o:p></span></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span></span><![endif]>We changed the toner.<o:p></o:p></p>
<!--EndFragment--></body></html>`,
  picture: 'image.png',
}

export const wordWithTable: Clipboard = {
  plain: 'These are affected:\r\nName\tRoom\r\nAda\t2.14\r\nThank you\r\n',
  html: `<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><style><!-- table.MsoTableGrid {border:solid} --></style></head>
<body lang=EN-GB><!--StartFragment--><p class=MsoNormal>These are
affected:<o:p></o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>
 <tr><td width=301 valign=top><p class=MsoNormal><b>Name<o:p></o:p></b></p></td><td width=301 valign=top><p class=MsoNormal>Room<o:p></o:p></p></td></tr>
 <tr><td width=301 valign=top><p class=MsoNormal>Ada<o:p></o:p></p></td><td width=301 valign=top><p class=MsoNormal>2.14<o:p></o:p></p></td></tr>
</table>
<p class=MsoNormal>Thank you<o:p></o:p></p><!--EndFragment--></body></html>`,
  picture: 'image.png',
}

export const libreOffice: Clipboard = {
  plain: 'Day\tVisits\nMonday\t12\nall week\t\n',
  html: `<!DOCTYPE html>
<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<meta name="generator" content="LibreOffice 24.2.7.2 (Linux)"/>
<style type="text/css">body,div,table,thead,tbody,tfoot,tr,th,td,p { font-family:"Liberation Sans"; font-size:x-small }</style></head>
<body><table cellspacing="0" border="0"><colgroup span="2" width="85"></colgroup>
<tr><td height="17" align="left">Day</td><td align="left">Visits</td></tr>
<tr><td height="17" align="left"><font face="Liberation Sans">Monday</font></td><td align="right" sdval="12" sdnum="1033;">12</td></tr>
<tr><td colspan=2 height="17" align="center">all week</td></tr>
</table></body></html>`,
  picture: 'image.png',
}

/** A part of a page, whose frame is a table. */
export const browser: Clipboard = {
  plain: 'Status\nAll systems run.\n',
  html: `<meta charset='utf-8'><table role="presentation"><tbody><tr><td><h1 style="color: rgb(0, 0, 0);">Status</h1></td></tr><tr><td><p>All <a href="https://b.test">systems</a> run.</p></td></tr></tbody></table><img src="https://b.test/logo.png">`,
  picture: 'image.png',
}

/** Code on a page, in a table with the numbers of its lines. */
export const code: Clipboard = {
  plain: 'if (a)\n  go()',
  html: `<table><tbody><tr><td data-line-number="1"></td><td>if (a)</td></tr><tr><td data-line-number="2"></td><td>  go()</td></tr></tbody></table>`,
}

/** "Copy image" in a browser. */
export const browserPicture: Clipboard = {
  html: `<meta charset='utf-8'><img src="https://b.test/cat.png" alt="A cat"/>`,
  picture: 'image.png',
}

export const screenshot: Clipboard = { picture: 'image.png' }

/** A file copied in a file manager. */
export const file: Clipboard = { plain: 'Plan of floor 2.png', picture: 'Plan of floor 2.png' }
