lichang.overview = {{ page.data | tojson }};
