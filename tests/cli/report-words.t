Every kind of claim, target, period, qualifier and unit in words.

  $ cat > words.json <<'EOF'
  > {
  >   "poupa": "1.0",
  >   "sources": [
  >     {"id": "boletim", "title": "Boletim", "publisher": "Prodesp", "published": "2021-08-01", "url": "https://example.org/boletim"}
  >   ],
  >   "areas": [{"id": "bauru", "type": "municipality", "name": "Bauru", "code": "3506003"}],
  >   "organizations": [{"id": "prodesp", "name": "Prodesp \u001b[31mred\u0007 \u009b31m", "parent_id": "sec"}, {"id": "sec", "name": "Secretaria de Governo", "short_name": "SG", "url": "https://example.org"}],
  >   "programs": [{"id": "p", "name": "Poupatempo", "started": "1998", "url": "https://example.org"}],
  >   "channels": [
  >     {"id": "portal", "type": "portal", "name": "Portal"},
  >     {"id": "posto", "type": "in_person", "name": "Posto"}
  >   ],
  >   "units": [
  >     {"id": "bauru", "name": "Bauru", "area_id": "bauru", "status": "closed"},
  >     {"id": "x", "name": "Xis"},
  >     {"id": "y", "name": "Ypsilon", "area_id": "bauru"}
  >   ],
  >   "services": [
  >     {"id": "rg", "name": "RG", "organization_id": "prodesp", "status": "inactive", "description": "Carteira\nde identidade", "alternate_names": ["Identidade", "Carteira"], "required_documents": ["certidão", "foto"], "digital_since": "2020-03", "url": "https://example.org/rg"},
  >     {"id": "cnh", "name": "CNH", "organization_id": "sec", "program_id": "p"}
  >   ],
  >   "offerings": [
  >     {"id": "a", "service_id": "rg", "channel_id": "portal", "valid_from": "2020-03-01", "valid_to": "2021"},
  >     {"id": "b", "service_id": "rg", "channel_id": "posto", "unit_ids": ["bauru", "x", "y"], "booking": "optional", "access_rules": ["face_mask", "vaccination_card"]}
  >   ],
  >   "indicators": [
  >     {"id": "at", "name": "Atendimentos", "measure": "flow"},
  >     {"id": "espera", "name": "Espera", "measure": "mean", "unit": "seconds"},
  >     {"id": "sat", "name": "Satisfação", "measure": "share", "unit": "percent"},
  >     {"id": "custo", "name": "Custo", "measure": "flow", "unit": "BRL"},
  >     {"id": "papel", "name": "Papel", "measure": "flow", "unit": "folhas"},
  >     {"id": "dig", "name": "Serviços digitais", "measure": "stock"}
  >   ],
  >   "metrics": [
  >     {"id": "q1", "indicator_id": "at", "value": 1500000, "resolution": 100000, "period": "2021-Q1"},
  >     {"id": "q2", "indicator_id": "at", "value": 1234567, "period": "2021-Q2", "status": "P"},
  >     {"id": "q2d", "indicator_id": "at", "value": 1000000, "resolution": 1000000, "qualifier": "almost", "period": "2021-Q2", "channel_ids": ["portal"]},
  >     {"id": "e1", "indicator_id": "espera", "value": 412.5, "period": "2021-06-01", "service_id": "rg", "unit_ids": ["x", "y"]},
  >     {"id": "s1", "indicator_id": "sat", "value": 98.7, "resolution": 0.1, "period": "2020-08/2021-07"},
  >     {"id": "s2", "indicator_id": "sat", "value": 90, "qualifier": "at_least", "period": "../2021-06-14"},
  >     {"id": "c1", "indicator_id": "custo", "value": 2500000000, "resolution": 100000000, "qualifier": "at_most", "period": "2021"},
  >     {"id": "p1", "indicator_id": "papel", "value": -1500, "resolution": 100, "qualifier": "over", "period": "2021-06"},
  >     {"id": "p2", "indicator_id": "papel", "value": 1000, "qualifier": "over", "period": "2021-07"},
  >     {"id": "d0", "indicator_id": "dig", "value": 100, "period": "2021-01"},
  >     {"id": "d1", "indicator_id": "dig", "value": 140, "period": "2021-07"}
  >   ],
  >   "targets": [
  >     {"id": "t1", "indicator_id": "dig", "value": 180, "due": "2022", "baseline_id": "d0"},
  >     {"id": "t2", "indicator_id": "dig", "value": 240, "due": "2021-12", "baseline_id": "d0"},
  >     {"id": "t3", "indicator_id": "dig", "value": 120, "due": "2021-06-30", "baseline_id": "d0"},
  >     {"id": "t4", "indicator_id": "dig", "value": 150, "due": "2021-06-30", "baseline_id": "d0"},
  >     {"id": "t5", "indicator_id": "espera", "value": 300, "due": "2021-12", "qualifier": "at_most"}
  >   ],
  >   "claims": [
  >     {"id": "k1", "kind": "greater", "left": ["q2"], "right": ["q1"], "note": "Não é."},
  >     {"id": "k2", "kind": "share", "left": ["q2d"], "right": ["q2"], "stated": 80, "resolution": 10},
  >     {"id": "k3", "kind": "growth", "left": ["q1"], "right": ["q2"], "stated": 21.5, "qualifier": "about", "resolution": 0.1},
  >     {"id": "k4", "kind": "difference", "left": ["q1", "q2"], "right": ["q2"], "stated": 1500000},
  >     {"id": "k5", "kind": "mean", "left": ["q1"], "right": ["d1"], "stated": 10000, "qualifier": "over"},
  >     {"id": "k6", "kind": "ratio", "left": ["p2"], "right": ["p1"]},
  >     {"id": "k7", "kind": "sum", "left": ["s2"], "right": ["s1"]}
  >   ]
  > }
  > EOF
  $ poupa report words.json
  Report on words.json
  
  Programmes
    Poupatempo
      since  1998
      site   https://example.org
  
  Organizations
    Prodesp ?[31mred? ?31m
      part of  SG
    Secretaria de Governo (SG)
      site  https://example.org
  
  Services
    RG
      Carteira
      de identidade
      provided by    Prodesp ?[31mred? ?31m
      also called    Identidade, Carteira
      status         inactive
      bring          certidão, foto
      digital since  March 2020
      site           https://example.org/rg
      Portal         from 1 March 2020 · until 2021
      Posto          booking possible
                     to enter: face mask, vaccination_card
                     Bauru (municipality): Bauru (closed), Ypsilon
                     Xis
  
    CNH
      provided by  SG
      programme    Poupatempo
  
  Published figures
    Atendimentos
      1.5 million             first quarter of 2021
      1,450,000 to 1,550,000
      1,234,567               second quarter of 2021 (provisional)
      almost 1 million        second quarter of 2021 · Portal
      0 to 1,000,000
  
    Espera
      412.5 s  1 June 2021 · RG · Xis, Ypsilon
  
    Satisfação
      98.7 %            August 2020 to July 2021
      98.65 to 98.75 %
      at least 90 %     up to 14 June 2021
  
    Custo
      at most R$ 2.5 billion  2021
  
    Papel
      over -1.5 thousand folhas  June 2021
      -1,500 to -1,400 folhas
      over 1,000 folhas          July 2021
  
    Serviços digitais
      100  January 2021
      140  July 2021
  
  What follows from them
    -17.7 %  Atendimentos, second quarter of 2021 compared with first quarter of
             2021
             1,234,567 against 1.5 million: -20.4 to -14.8 %
    81 %     Atendimentos through digital channels, second quarter of 2021
             almost 1 million of 1,234,567: 0 to 81.1 %
    +40 %    Serviços digitais, July 2021 compared with January 2021
             140 against 100
  
  Targets
    Serviços digitais: 180 by the end of 2022
      ████████████████████████▉░░░░░░░ 77.8 %
      140 in July 2021 · as of 31 July 2021
      40 to go in 17 months: 2.35 a month are needed
      6.67 a month so far · at this pace reached on 31 January 2022
      on track
  
    Serviços digitais: 240 by the end of December 2021
      ██████████████████▋░░░░░░░░░░░░░ 58.3 %
      140 in July 2021 · as of 31 July 2021
      100 to go in five months: 20 a month are needed
      6.67 a month so far · at this pace reached on 31 October 2022
      behind
  
    Serviços digitais: 120 by 30 June 2021
      ████████████████████████████████ 116.7 %
      140 in July 2021 · as of 31 July 2021
      6.67 a month so far
      reached
  
    Serviços digitais: 150 by 30 June 2021
      █████████████████████████████▊░░ 93.3 %
      140 in July 2021 · as of 31 July 2021
      10 to go · overdue by one month
      6.67 a month so far · at this pace reached on 15 September 2021
      missed
  
    Espera: at most 300 s by the end of December 2021
      no figure has been published
  
  Claims
    ✗ contradicted  1,234,567 (second quarter of 2021) is more than 1.5 million
                    (first quarter of 2021)
                    1,234,567 against 1,450,000 to 1,550,000
                    Não é.
    ≈ consistent    second quarter of 2021: almost 1 million is 80 % of 1,234,567
                    computed 81 % (0 to 81.1 %), stated 80 %
    ≈ consistent    growth of about 21.5 %, from 1,234,567 (second quarter of
                    2021) to 1.5 million (first quarter of 2021)
                    computed 21.5 % (17.4 to 25.6 %), stated about 21.5 %
    ≈ consistent    1.5 million (first quarter of 2021) + 1,234,567 (second
                    quarter of 2021) less 1,234,567 (second quarter of 2021)
                    leaves 1,500,000
                    computed 1,500,000 (1,450,000 to 1,550,000), stated 1,500,000
    ✓ confirmed     1.5 million (first quarter of 2021) over 140 (July 2021) makes
                    a mean of over 10,000
                    computed 10,714 (10,357 to 11,072), stated over 10,000
    ? undecided     over 1,000 folhas (July 2021) is ? times over
                    -1.5 thousand folhas (June 2021)
                    computed -0.67 (up to -0.66), stated nothing
    ? undecided     at least 90 % (up to 14 June 2021) make 98.7 % (August 2020 to
                    July 2021)
                    90 % or more against 98.6 to 98.8 %
  
  Sources
    Boletim
    Prodesp · published 1 August 2021 · https://example.org/boletim
  $ poupa report --lang pt words.json | sed -n '/^Serviços/,$p'
  Serviços
    RG
      Carteira
      de identidade
      prestado por    Prodesp ?[31mred? ?31m
      também chamado  Identidade, Carteira
      situação        inativo
      leve            certidão, foto
      digital desde   março de 2020
      site            https://example.org/rg
      Portal          a partir de 1º de março de 2020 · até 2021
      Posto           agendamento opcional
                      para entrar: máscara, vaccination_card
                      Bauru (município): Bauru (fechado), Ypsilon
                      Xis
  
    CNH
      prestado por  SG
      programa      Poupatempo
  
  Números publicados
    Atendimentos
      1,5 milhão             1º trimestre de 2021
      1.450.000 a 1.550.000
      1.234.567              2º trimestre de 2021 (provisório)
      quase 1 milhão         2º trimestre de 2021 · Portal
      0 a 1.000.000
  
    Espera
      412,5 s  1º de junho de 2021 · RG · Xis, Ypsilon
  
    Satisfação
      98,7 %           agosto de 2020 a julho de 2021
      98,65 a 98,75 %
      no mínimo 90 %   até 14 de junho de 2021
  
    Custo
      até R$ 2,5 bilhões  2021
  
    Papel
      mais de -1,5 mil folhas  junho de 2021
      -1.500 a -1.400 folhas
      mais de 1.000 folhas     julho de 2021
  
    Serviços digitais
      100  janeiro de 2021
      140  julho de 2021
  
  O que decorre deles
    -17,7 %  Atendimentos, 2º trimestre de 2021 em relação a 1º trimestre de 2021
             1.234.567 contra 1,5 milhão: -20,4 a -14,8 %
    81 %     Atendimentos pelos canais digitais, 2º trimestre de 2021
             quase 1 milhão de 1.234.567: 0 a 81,1 %
    +40 %    Serviços digitais, julho de 2021 em relação a janeiro de 2021
             140 contra 100
  
  Metas
    Serviços digitais: 180 até o fim de 2022
      ████████████████████████▉░░░░░░░ 77,8 %
      140 em julho de 2021 · na data de 31 de julho de 2021
      faltam 40 em 17 meses: são necessários 2,35 por mês
      6,67 por mês até agora · nesse ritmo alcançada em 31 de janeiro de 2022
      no ritmo
  
    Serviços digitais: 240 até o fim de dezembro de 2021
      ██████████████████▋░░░░░░░░░░░░░ 58,3 %
      140 em julho de 2021 · na data de 31 de julho de 2021
      faltam 100 em cinco meses: são necessários 20 por mês
      6,67 por mês até agora · nesse ritmo alcançada em 31 de outubro de 2022
      atrasada
  
    Serviços digitais: 120 até 30 de junho de 2021
      ████████████████████████████████ 116,7 %
      140 em julho de 2021 · na data de 31 de julho de 2021
      6,67 por mês até agora
      alcançada
  
    Serviços digitais: 150 até 30 de junho de 2021
      █████████████████████████████▊░░ 93,3 %
      140 em julho de 2021 · na data de 31 de julho de 2021
      faltam 10 · vencida há um mês
      6,67 por mês até agora · nesse ritmo alcançada em 15 de setembro de 2021
      não cumprida
  
    Espera: até 300 s até o fim de dezembro de 2021
      nenhum número publicado
  
  Afirmações
    ✗ desmentida  1.234.567 (2º trimestre de 2021) superam 1,5 milhão (1º
                  trimestre de 2021)
                  1.234.567 contra 1.450.000 a 1.550.000
                  Não é.
    ≈ compatível  2º trimestre de 2021: quase 1 milhão são 80 % de 1.234.567
                  calculado 81 % (0 a 81,1 %), afirmado 80 %
    ≈ compatível  crescimento de cerca de 21,5 %, de 1.234.567 (2º trimestre de
                  2021) para 1,5 milhão (1º trimestre de 2021)
                  calculado 21,5 % (17,4 a 25,6 %), afirmado cerca de 21,5 %
    ≈ compatível  1,5 milhão (1º trimestre de 2021) + 1.234.567 (2º trimestre de
                  2021) menos 1.234.567 (2º trimestre de 2021) são 1.500.000
                  calculado 1.500.000 (1.450.000 a 1.550.000), afirmado 1.500.000
    ✓ confirmada  1,5 milhão (1º trimestre de 2021) por 140 (julho de 2021) dá em
                  média mais de 10.000
                  calculado 10.714 (10.357 a 11.072), afirmado mais de 10.000
    ? indefinida  mais de 1.000 folhas (julho de 2021) são ? vezes mais de
                  -1,5 mil folhas (junho de 2021)
                  calculado -0,67 (até -0,66), afirmado nada
    ? indefinida  no mínimo 90 % (até 14 de junho de 2021) somam 98,7 % (agosto de
                  2020 a julho de 2021)
                  90 % ou mais contra 98,6 a 98,8 %
  
  Fontes
    Boletim
    Prodesp · publicado em 1º de agosto de 2021 · https://example.org/boletim
